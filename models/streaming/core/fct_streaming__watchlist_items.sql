{%- set thresholds = streaming_thresholds() %}

with

additions as (

    select
        event_id as addition_id,
        user_id,
        title_id,
        event_at as added_at,
        coalesce(platform, 'unknown') as platform,
        coalesce(country, 'unknown') as country
    from {{ ref('stg_streaming__watchlist_add_remove') }}
    where action = 'add'

),

removals as (

    select
        additions.addition_id,
        min(removed.event_at) as removed_at
    from additions
    inner join {{ ref('stg_streaming__watchlist_add_remove') }} as removed
        on
            additions.user_id = removed.user_id
            and additions.title_id = removed.title_id
            and additions.added_at < removed.event_at
    where removed.action = 'remove'
    group by additions.addition_id

),

views as (

    select
        additions.addition_id,
        max(case when playbacks.started_at <= additions.added_at then 1 else 0 end) = 1 as was_watched_before,
        min(case when playbacks.started_at > additions.added_at then playbacks.started_at end) as watched_at
    from additions
    inner join {{ ref('fct_streaming__playbacks') }} as playbacks
        on
            additions.user_id = playbacks.user_id
            and additions.title_id = playbacks.title_id
    where playbacks.is_view
    group by additions.addition_id

)

select
    additions.addition_id,
    additions.user_id,
    additions.title_id,
    coalesce(titles.kind, 'unknown') as kind,
    additions.platform,
    additions.country,
    additions.added_at,
    cast(additions.added_at as date) as added_on,
    removals.removed_at,
    coalesce(views.was_watched_before, false) as was_watched_before,
    views.watched_at,
    coalesce(
        views.watched_at < {{ dbt.dateadd('day', thresholds.watchlist_days, 'additions.added_at') }}, false
    ) as is_watched_in_time
from additions
left join removals
    on additions.addition_id = removals.addition_id
left join views
    on additions.addition_id = views.addition_id
left join {{ ref('dim_streaming__titles') }} as titles
    on additions.title_id = titles.title_id
