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
            'numerator': 'count(case when has_high_message_volume then 1 end)',
            'denominator': 'count(has_high_message_volume)',
        },
    },
    requires=[ref('fct_messenger__engagement_scores')],
    grains=['month'],
) }}
