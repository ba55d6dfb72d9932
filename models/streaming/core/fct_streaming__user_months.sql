{%- set integer = engine_type('integer') %}

with

-- A month is judged when it is over, by its last 28 days: four of each weekday, whatever its length.
cutoffs as (

    select distinct
        month_start,
        cast({{ dbt.dateadd('month', 1, 'month_start') }} as date) as cutoff_date
    from {{ ref('dim_streaming__dates') }}
    where is_complete_month
    {{ only_rebuilt('and', dbt.dateadd('month', 1, 'month_start') | trim) }}

),

days as (

    select
        cutoffs.month_start,
        cutoffs.cutoff_date,
        user_days.user_id,
        user_days.platform,
        user_days.country,
        count(case when user_days.is_active then 1 end) as active_days,
        cast(sum(user_days.titles_liked) as {{ integer }}) as titles_liked
    from {{ recent(ref('fct_streaming__user_days')) }} as user_days
    inner join cutoffs
        on
            user_days.activity_date < cutoffs.cutoff_date
            and user_days.activity_date >= {{ dbt.dateadd('day', -28, 'cutoffs.cutoff_date') }}
    group by
        cutoffs.month_start,
        cutoffs.cutoff_date,
        user_days.user_id,
        user_days.platform,
        user_days.country

),

watched as (

    select
        cutoffs.month_start,
        playbacks.user_id,
        count(distinct case when playbacks.furthest_percent > 10 then playbacks.title_id end) as titles,
        count(distinct case when playbacks.furthest_percent > 10 then playbacks.item_id end) as items
    from {{ recent(ref('fct_streaming__playbacks')) }} as playbacks
    inner join cutoffs
        on
            playbacks.playback_date < cutoffs.cutoff_date
            and playbacks.playback_date >= {{ dbt.dateadd('day', -28, 'cutoffs.cutoff_date') }}
    group by
        cutoffs.month_start,
        playbacks.user_id

),

binges as (

    select
        cutoffs.month_start,
        segments.user_id,
        count(*) as binge_segments,
        cast(sum(segments.episode_count) as {{ integer }}) as binge_episodes
    from {{ recent(ref('fct_streaming__binge_segments')) }} as segments
    inner join cutoffs
        on
            segments.segment_date < cutoffs.cutoff_date
            and segments.segment_date >= {{ dbt.dateadd('day', -28, 'cutoffs.cutoff_date') }}
    group by
        cutoffs.month_start,
        segments.user_id

)

select
    days.user_id,
    days.month_start,
    days.cutoff_date,
    days.platform,
    days.country,
    days.active_days,
    days.titles_liked,
    coalesce(watched.titles, 0) as titles_watched,
    coalesce(watched.items, 0) as items_watched,
    coalesce(binges.binge_segments, 0) as binge_segments,
    coalesce(binges.binge_episodes, 0) as binge_episodes
from days
left join watched
    on
        days.user_id = watched.user_id
        and days.month_start = watched.month_start
left join binges
    on
        days.user_id = binges.user_id
        and days.month_start = binges.month_start
where days.active_days > 0
{{ in_order_of('cutoff_date') }}
