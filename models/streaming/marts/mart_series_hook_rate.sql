{%- set days = streaming_thresholds().hook_days %}

with

first_episodes as (

    select
        viewings.*,
        coalesce(dates.is_complete_day, false) and viewings.first_viewed_at is not null as is_judged,
        coalesce(
            viewings.first_completed_at < {{ dbt.dateadd('day', days, 'viewings.first_started_at') }}, false
        ) as is_completed_in_time
    from {{ ref('fct_streaming__viewings') }} as viewings
    left join {{ ref('dim_streaming__dates') }} as dates
        on dates.date_day = cast({{ dbt.dateadd('day', days, 'viewings.first_started_at') }} as date)
    where viewings.episode_number = 1

)

{{ metric_by_period(
    rows='first_episodes',
    day='first_started_on',
    dates=ref('dim_streaming__dates'),
    statistics={
        'value': {
            'numerator': 'count(first_completed_at)',
            'denominator': 'count(*)',
        },
        'in_time': {
            'numerator': 'count(case when is_judged and is_completed_in_time then 1 end)',
            'denominator': 'count(case when is_judged then 1 end)',
        },
    },
    requires=[ref('fct_streaming__playbacks')],
    cohort_days=days,
) }}
