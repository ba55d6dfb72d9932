{%- set integer = engine_type('integer') %}

with

watched as (

    select
        title_id,
        playback_date,
        count(*) as starts,
        count(case when is_view then 1 end) as views,
        count(distinct case when is_view then user_id end) as viewers,
        cast(sum(watched_ms) as {{ integer }}) as watched_ms
    from {{ recent(ref('fct_streaming__playbacks'), days_before=0) }}
    group by
        title_id,
        playback_date

)

select
    titles.title_id,
    dates.date_day,
    titles.kind,
    titles.genre,
    case when dates.date_day < titles.new_until then 'new' else 'library' end as release_cohort,
    -- A title that is removed on a day was on offer until the evening before.
    titles.added_on <= dates.date_day and dates.date_day < coalesce(titles.removed_on, cast('9999-12-31' as date))
        as is_on_offer,
    coalesce(watched.starts, 0) as starts,
    coalesce(watched.views, 0) as views,
    coalesce(watched.viewers, 0) as viewers,
    coalesce(watched.watched_ms, 0) as watched_ms
from {{ ref('dim_streaming__titles') }} as titles
cross join {{ recent(ref('dim_streaming__dates'), 'date_day', days_before=0) }} as dates
left join watched
    on
        titles.title_id = watched.title_id
        and dates.date_day = watched.playback_date
{{ in_order_of('date_day') }}
