with

exposed_user_days as (

    select * from {{ recent(ref('fct_cloud_storage__exposed_user_days')) }}

)

{{ metric_by_period(
    rows='exposed_user_days',
    day='exposed_date',
    dates=ref('dim_cloud_storage__dates'),
    statistics={
        'value': {
            'numerator': 'sum(searches)',
            'denominator': 'count(*)',
        },
        'per_searcher': {
            'numerator': 'sum(searches)',
            'denominator': 'count(distinct case when searches > 0 then user_id end)',
        },
    },
    requires=[
        ref('fct_cloud_storage__exposed_user_days'),
        ref('fct_cloud_storage__user_actions') ~ " where action = 'search'",
    ],
) }}
