with

monthly_users as (

    select * from {{ recent(ref('fct_messenger__churn_risks')) }}

)

{{ metric_by_period(
    rows='monthly_users',
    day='month_start',
    dates=ref('dim_messenger__dates'),
    statistics={
        'value': {
            'numerator': 'count(case when has_high_inactivity then 1 end)',
            'denominator': 'count(*)',
        },
        'precision': {
            'numerator': 'count(case when has_high_inactivity and has_churned then 1 end)',
            'denominator': 'count(case when has_high_inactivity and has_churned is not null then 1 end)',
        },
        'recall': {
            'numerator': 'count(case when has_high_inactivity and has_churned then 1 end)',
            'denominator': 'count(case when has_churned then 1 end)',
        },
    },
    requires=[ref('fct_messenger__churn_risks')],
    grains=['month'],
) }}
