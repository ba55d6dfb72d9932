with

user_days as (

    select *
    from {{ recent(ref('fct_stickiness__user_days')) }}
    where not is_automated

)

{{ metric_by_period(
    rows='user_days',
    day='activity_date',
    dates=ref('dim_stickiness__dates'),
    statistics={
        'value': {
            'numerator': 'sum(session_starts)',
            'denominator': '7 * count(distinct case when is_active then user_id end)',
        },
        'by_idle_time': {
            'numerator': 'sum(sessions)',
            'denominator': '7 * count(distinct case when is_active then user_id end)',
        },
        'per_active_day': {
            'numerator': 'sum(sessions)',
            'denominator': 'count(case when is_active then 1 end)',
        },
        'agrees_with_log': {
            'numerator': 'sum(sessions_as_logged)',
            'denominator': 'sum(sessions_with_logged_id)',
        },
    },
    requires=[ref('fct_stickiness__sessions'), ref('fct_stickiness__user_days') ~ ' where session_starts > 0'],
    grains=['week'],
) }}
