with

feature_days as (

    select
        *,
        user_id || ' ' || cast(activity_date as {{ engine_type('string') }}) as user_day
    from {{ recent(ref('fct_short_video__user_feature_days')) }}

)

{{ metric_by_period(
    rows='feature_days',
    day='activity_date',
    dates=ref('dim_short_video__dates'),
    statistics={
        'value': {
            'numerator': 'sum(spent_ms) / 60000',
            'denominator': 'count(distinct case when is_used then user_id end)',
        },
        'per_active_day': {'numerator': 'sum(spent_ms) / 60000', 'denominator': 'count(distinct user_day)'},
    },
    requires=[ref('fct_short_video__user_feature_days') ~ ' where spent_ms > 0'],
) }}
