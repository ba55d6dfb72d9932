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
            'numerator': 'count(case when has_significant_drop then 1 end)',
            'denominator': 'count(*)',
        },
        'precision': {
            'numerator': 'count(case when has_significant_drop and has_churned then 1 end)',
            'denominator': 'count(case when has_significant_drop and has_churned is not null then 1 end)',
        },
        'recall': {
            'numerator': 'count(case when has_significant_drop and has_churned then 1 end)',
            'denominator': 'count(case when has_churned then 1 end)',
        },
        'messages_change': {
            'numerator': 'sum(messages_week_1 - messages_week_2)',
            'denominator': 'sum(messages_week_2)',
        },
        'conversations_change': {
            'numerator': 'sum(conversations_week_1 - conversations_week_2)',
            'denominator': 'sum(conversations_week_2)',
        },
    },
    requires=[ref('fct_messenger__churn_risks')],
    grains=['month'],
) }}
