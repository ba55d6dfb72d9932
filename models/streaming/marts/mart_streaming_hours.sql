with

user_days as (

    select * from {{ recent(ref('fct_streaming__user_days')) }}

)

{{ metric_by_period(
    rows='user_days',
    day='activity_date',
    dates=ref('dim_streaming__dates'),
    statistics={
        'value': {
            'numerator': 'sum(logged_watch_ms) / 3600000e0',
            'denominator': '1',
        },
        'watched': {
            'numerator': 'sum(watched_hours)',
            'denominator': '1',
        },
        'per_dau': {
            'numerator': 'sum(watched_hours)',
            'denominator': 'count(case when is_active then 1 end)',
        },
    },
    requires=[ref('fct_streaming__sessions'), ref('fct_streaming__playbacks')],
) }}
