with

-- Messages bring the users, creations what is counted of them.
sent_and_created as (

    select
        user_id,
        activity_date as action_date,
        platform,
        country,
        1 as active_days,
        0 as conversations_created
    from {{ recent(ref('fct_messenger__user_daily_activity_summary')) }}
    where messages_sent_count > 0
    union all
    select
        created.user_id,
        created.creation_date as action_date,
        known_users.platform,
        known_users.country,
        0 as active_days,
        1 as conversations_created
    from {{ recent(ref('fct_messenger__conversations_created')) }} as created
    inner join {{ ref('dim_messenger__users') }} as known_users
        on created.user_id = known_users.user_id

)

{{ metric_by_period(
    rows='sent_and_created',
    day='action_date',
    dates=ref('dim_messenger__dates'),
    statistics={
        'value': {
            'numerator': 'sum(conversations_created)',
            'denominator': 'count(distinct case when active_days > 0 then user_id end)',
        },
        'per_creator': {
            'numerator': 'sum(conversations_created)',
            'denominator': 'count(distinct case when conversations_created > 0 then user_id end)',
        },
    },
    requires=[ref('fct_messenger__conversations_created')],
) }}
