with

monthly_users as (

    select * from {{ recent(ref('fct_messenger__engagement_scores')) }}

)

{{ metric_by_period(
    rows='monthly_users',
    day='month_start',
    dates=ref('dim_messenger__dates'),
    statistics={
        'value': {
            'numerator': 'count(case when has_high_rich_media_usage then 1 end)',
            'denominator': 'count(*)',
        },
    },
    requires=[
        ref('fct_messenger__engagement_scores'),
        ref('fct_messenger__messages') ~ ' where is_rich_media is not null',
    ],
    grains=['month'],
) }}
