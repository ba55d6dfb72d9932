with

scores as (

    select * from {{ recent(ref('fct_messenger__engagement_scores')) }}

),

-- Power users of the month before are there whether or not they still send anything.
monthly_users as (

    select
        month_start,
        platform,
        country,
        1 as users,
        case when is_power_user then 1 else 0 end as power_users,
        case when was_power_user then 1 else 0 end as staying_power_users,
        case when is_power_user and was_power_user then 1 else 0 end as kept_power_users,
        0 as earlier_power_users,
        messages_28_days as messages,
        case when is_power_user then messages_28_days else 0 end as power_user_messages,
        engagement_score
    from scores
    union all
    select
        earlier.cutoff_date as month_start,
        earlier.platform,
        earlier.country,
        0 as users,
        0 as power_users,
        0 as staying_power_users,
        0 as kept_power_users,
        1 as earlier_power_users,
        0 as messages,
        0 as power_user_messages,
        null as engagement_score
    from scores as earlier
    where
        earlier.is_power_user
        and exists (
            select 1 from scores
            where scores.month_start = earlier.cutoff_date
        )

)

{{ metric_by_period(
    rows='monthly_users',
    day='month_start',
    dates=ref('dim_messenger__dates'),
    statistics={
        'value': {
            'numerator': 'sum(power_users)',
            'denominator': 'sum(users)',
        },
        'mean_score': {
            'numerator': 'sum(engagement_score)',
            'denominator': 'sum(users)',
        },
        'messages_per_power_user': {
            'numerator': 'sum(power_user_messages)',
            'denominator': 'sum(power_users)',
        },
        'twice_messages_per_user': {
            'numerator': '2 * sum(messages)',
            'denominator': 'sum(users)',
        },
        'overlap': {
            'numerator': 'sum(kept_power_users)',
            'denominator': 'sum(earlier_power_users)',
        },
        'chance_overlap': {
            'numerator': 'sum(power_users) * sum(staying_power_users)',
            'denominator': 'sum(users) * sum(earlier_power_users)',
        },
    },
    requires=[ref('fct_messenger__engagement_scores')],
    grains=['month'],
) }}
