with

active_days as (

    select *
    from {{ recent(ref('fct_messenger__user_daily_activity_summary')) }}
    where messages_sent_count > 0

)

{{ user_distribution(
    rows='active_days',
    user='user_id',
    amount='count(*)',
    day='activity_date',
    dates=ref('dim_messenger__dates'),
    percentiles={'p25': 0.25, 'p50': 0.5, 'p75': 0.75},
    requires=[ref('fct_messenger__messages')],
    grains=['week', 'month'],
) }}
