with

days_with_quick_access as (

    select *
    from {{ recent(ref('fct_cloud_storage__user_days')) }}
    where
        clicks > 0
        or impressions > 0

)

{{ metric_by_period(
    rows='days_with_quick_access',
    day='action_date',
    dates=ref('dim_cloud_storage__dates'),
    statistics={
        'value': {
            'numerator': 'sum(clicks)',
            'denominator': 'count(distinct case when clicks > 0 then user_id end)',
        },
        'per_user_shown': {
            'numerator': 'sum(clicks)',
            'denominator': 'count(distinct user_id)',
        },
    },
    requires=[ref('fct_cloud_storage__impressions'), ref('fct_cloud_storage__clicks')],
) }}
