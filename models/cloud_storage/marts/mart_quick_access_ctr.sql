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
            'numerator': 'sum(clicks)',
            'denominator': 'count(*)',
        },
        'impressions_clicked': {
            'numerator': 'sum(case when is_clicked then 1 else 0 end)',
            'denominator': 'count(*)',
        },
    },
    requires=[ref('fct_cloud_storage__impressions'), ref('fct_cloud_storage__clicks')],
) }}
