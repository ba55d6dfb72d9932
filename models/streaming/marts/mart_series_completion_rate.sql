{%- set days = streaming_thresholds().series_days -%}
{%- set is_judged = 'is_time_over and first_viewed_at is not null' %}

with

seasons as (

    select
        seasons.*,
        coalesce(dates.is_complete_day, false) as is_time_over
    from {{ ref('fct_streaming__seasons_started') }} as seasons
    left join {{ ref('dim_streaming__dates') }} as dates
        on dates.date_day = cast({{ dbt.dateadd('day', days, 'seasons.first_started_at') }} as date)

)

{{ metric_by_period(
    rows='seasons',
    day='first_started_on',
    dates=ref('dim_streaming__dates'),
    statistics={
        'value': {
            'numerator': 'count(case when is_completed then 1 end)',
            'denominator': 'count(*)',
        },
        'in_time': {
            'numerator': 'count(case when ' ~ is_judged ~ ' and is_completed_in_time then 1 end)',
            'denominator': 'count(case when ' ~ is_judged ~ ' then 1 end)',
        },
        'pending': {
            'numerator': 'count(case when not is_time_over then 1 end)',
            'denominator': 'count(*)',
        },
    },
    requires=[ref('fct_streaming__seasons_started')],
    cohort_days=days,
) }}
