{%- set counts = [
    'messages_sent_count',
    'reactions_sent_count',
    'unique_conversations_active_count',
    'rich_media_sent_count',
    'typed_messages_sent_count',
    'sessions_count',
    'messages_received_count',
    'reactions_received_count',
] %}

with

daily_counts as (

    select
        user_id,
        message_date as activity_date,
        count(*) as messages_sent,
        count(case when is_reaction then 1 end) as reactions_sent,
        count(distinct conversation_id) as conversations,
        count(case when is_rich_media then 1 end) as rich_media,
        count(is_rich_media) as typed_messages,
        0 as sessions,
        0 as messages_received,
        0 as reactions_received
    from {{ recent(ref('fct_messenger__messages')) }}
    group by
        user_id,
        message_date
    union all
    select
        user_id,
        session_date as activity_date,
        0 as messages_sent,
        0 as reactions_sent,
        0 as conversations,
        0 as rich_media,
        0 as typed_messages,
        count(*) as sessions,
        0 as messages_received,
        0 as reactions_received
    from {{ recent(ref('fct_messenger__sessions')) }}
    group by
        user_id,
        session_date
    union all
    select
        user_id,
        receipt_date as activity_date,
        0 as messages_sent,
        0 as reactions_sent,
        0 as conversations,
        0 as rich_media,
        0 as typed_messages,
        0 as sessions,
        count(*) as messages_received,
        count(case when is_reaction then 1 end) as reactions_received
    from {{ recent(ref('fct_messenger__message_receipts')) }}
    group by
        user_id,
        receipt_date

),

summed as (

    select
        user_id,
        activity_date,
        sum(messages_sent) as messages_sent_count,
        sum(reactions_sent) as reactions_sent_count,
        sum(conversations) as unique_conversations_active_count,
        sum(rich_media) as rich_media_sent_count,
        sum(typed_messages) as typed_messages_sent_count,
        sum(sessions) as sessions_count,
        sum(messages_received) as messages_received_count,
        sum(reactions_received) as reactions_received_count
    from daily_counts
    group by
        user_id,
        activity_date

),

-- From a day with events on, 28 days have a row: a snapshot looks back no further, and who has done nothing for
-- so long is gone. The next day with events begins anew.
spans as (

    select
        *,
        lead(activity_date) over (partition by user_id order by activity_date) as next_activity_date
    from summed

),

user_days as (

    select
        known_users.user_id,
        dates.date_day as activity_date,
        known_users.platform,
        known_users.country,
    {%- for count in counts %}
        cast(
            case when dates.date_day = spans.activity_date then spans.{{ count }} else 0 end
            as {{ engine_type('integer') }}
        ) as {{ count }}
        {{- ',' if not loop.last }}
    {%- endfor %}
    from spans
    inner join {{ ref('dim_messenger__users') }} as known_users
        on spans.user_id = known_users.user_id
    inner join {{ recent(ref('dim_messenger__dates'), 'date_day', days_before=0) }} as dates
        on
            spans.activity_date <= dates.date_day
            and dates.date_day < {{ dbt.dateadd('day', 28, 'spans.activity_date') }}
            and (spans.next_activity_date > dates.date_day or spans.next_activity_date is null)

)

select * from user_days
{{ in_order_of('activity_date') }}
