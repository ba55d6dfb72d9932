with

impressions as (

    select * from {{ recent(ref('fct_cloud_storage__impressions')) }}

)

{{ metric_by_period(
    rows='impressions',
    day='impression_date',
    dates=ref('dim_cloud_storage__dates'),
    statistics={
        'value': {
            'numerator': 'sum(reciprocal_rank_sum)',
            'denominator': 'sum(clicks)',
        },
        'all_impressions': {
            'numerator': 'sum(reciprocal_rank)',
            'denominator': 'count(*)',
        },
    },
    requires=[ref('fct_cloud_storage__impressions'), ref('fct_cloud_storage__clicks')],
) }}
