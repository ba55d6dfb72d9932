with

conversation_days as (

    select
        conversation_days.*,
        known_users.platform,
        known_users.country
    from {{ recent(ref('fct_messenger__user_conversation_days')) }} as conversation_days
    inner join {{ ref('dim_messenger__users') }} as known_users
        on conversation_days.user_id = known_users.user_id

)

{{ user_distribution(
    rows='conversation_days',
    user='user_id',
    amount='count(distinct conversation_id)',
    day='message_date',
    dates=ref('dim_messenger__dates'),
    percentiles={'p25': 0.25, 'p50': 0.5, 'p75': 0.75},
    requires=[ref('fct_messenger__messages')],
    grains=['week', 'month'],
) }}
