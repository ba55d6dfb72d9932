with

active_days as (

    select *
    from {{ recent(ref('fct_stickiness__user_days')) }}
    where is_active

)

{{ metric_by_period(
    rows='active_days',
    day='activity_date',
    dates=ref('dim_stickiness__dates'),
    statistics={
        'value': {
            'numerator': 'sum(content_views)',
            'denominator': 'sum(sessions)',
        },
        'per_user_day': {
            'numerator': 'sum(content_views)',
            'denominator': 'count(*)',
        },
        'viewing_days': {
            'numerator': 'count(case when content_views > 0 then 1 end)',
            'denominator': 'count(*)',
        },
    },
    requires=[ref('fct_stickiness__user_days') ~ ' where content_views > 0'],
) }}
