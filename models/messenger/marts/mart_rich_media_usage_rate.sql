with

typed_messages as (

    select
        messages.user_id,
        messages.message_date,
        messages.is_rich_media,
        known_users.platform,
        known_users.country
    from {{ recent(ref('fct_messenger__messages')) }} as messages
    inner join {{ ref('dim_messenger__users') }} as known_users
        on messages.user_id = known_users.user_id
    where messages.is_rich_media is not null

)

{{ metric_by_period(
    rows='typed_messages',
    day='message_date',
    dates=ref('dim_messenger__dates'),
    statistics={
        'value': {
            'numerator': 'sum(case when is_rich_media then 1 else 0 end)',
            'denominator': 'count(*)',
        },
        'users_of_rich_media': {
            'numerator': 'count(distinct case when is_rich_media then user_id end)',
            'denominator': 'count(distinct user_id)',
        },
    },
    requires=[ref('fct_messenger__messages') ~ ' where is_rich_media is not null'],
) }}
