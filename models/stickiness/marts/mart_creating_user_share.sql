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
            'numerator': 'count(distinct case when content_created > 0 then user_id end)',
            'denominator': 'count(distinct user_id)',
        },
        'posts_only': {
            'numerator': 'count(distinct case when posts_created > 0 then user_id end)',
            'denominator': 'count(distinct user_id)',
        },
    },
    requires=[ref('fct_stickiness__user_days') ~ ' where content_created > 0'],
) }}
