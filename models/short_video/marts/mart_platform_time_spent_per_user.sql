with

active_days as (

    select *
    from {{ recent(ref('fct_short_video__user_days')) }}
    where sessions > 0

)

{{ metric_by_period(
    rows='active_days',
    day='activity_date',
    dates=ref('dim_short_video__dates'),
    statistics={
        'value': {'numerator': 'sum(platform_ms) / 60000', 'denominator': 'count(*)'},
        'of_users_from_before': {
            'numerator': 'sum(case when not has_signed_up_in_log then platform_ms end) / 60000',
            'denominator': 'count(case when not has_signed_up_in_log then 1 end)',
        },
        'per_user': {'numerator': 'sum(platform_ms) / 60000', 'denominator': 'count(distinct user_id)'},
    },
    requires=[ref('fct_short_video__user_days') ~ ' where platform_ms > 0'],
) }}
