{%- set thresholds = streaming_thresholds() %}

with

viewers as (

    select
        titles.title_id,
        count(distinct playbacks.user_id) as first_week_viewers
    from {{ ref('dim_streaming__titles') }} as titles
    inner join {{ ref('fct_streaming__playbacks') }} as playbacks
        on titles.title_id = playbacks.title_id
    where
        playbacks.is_view
        and playbacks.playback_date >= titles.premiered_on
        and playbacks.playback_date < titles.first_week_until
    group by titles.title_id

)

select
    titles.title_id,
    titles.kind,
    titles.genre,
    titles.is_flagship,
    titles.premiered_on,
    coalesce(last_days.is_complete_day, false) as is_first_week_over,
    coalesce(viewers.first_week_viewers, 0) as first_week_viewers,
    coalesce(viewers.first_week_viewers, 0) > {{ thresholds.premiere_viewers }} as has_enough_viewers
from {{ ref('dim_streaming__titles') }} as titles
inner join {{ ref('dim_streaming__dates') }} as first_days
    on titles.premiered_on = first_days.date_day
left join {{ ref('dim_streaming__dates') }} as last_days
    on last_days.date_day = cast({{ dbt.dateadd('day', 6, 'titles.premiered_on') }} as date)
left join viewers
    on titles.title_id = viewers.title_id
