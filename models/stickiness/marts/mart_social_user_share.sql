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
            'numerator': 'count(distinct case when social_interactions > 0 then user_id end)',
            'denominator': 'count(distinct user_id)',
        },
        'with_somebody': {
            'numerator': 'count(distinct case when targeted_interactions > 0 then user_id end)',
            'denominator': 'count(distinct user_id)',
        },
    },
    requires=[ref('fct_stickiness__user_days') ~ ' where social_interactions > 0'],
) }}
