{{ config(
    materialized='incremental',
    incremental_strategy='delete+insert',
    unique_key='activity_date',
    on_schema_change='append_new_columns',
    pre_hook="{% if is_incremental() %}
        -- Rows that are right no longer, of days that may have none now: of another user, of a day outside the
        -- user's history, or of one before which nobody has done anything for 28 days.
        delete from {{ this }}
        where not exists (
            select 1
            from {{ ref('dim_messenger__users') }} as known_users
            inner join {{ ref('dim_messenger__dates') }} as dates
                on dates.date_day >= cast(known_users.first_seen_at as date)
            where
                known_users.user_id = {{ this }}.user_id
                and known_users.platform = {{ this }}.platform
                and known_users.country = {{ this }}.country
                and dates.date_day = {{ this }}.activity_date
        )
        or not exists (
            select 1
            from (
                select message_date as event_date from {{ ref('fct_messenger__messages') }}
                union
                select session_date as event_date from {{ ref('fct_messenger__sessions') }}
                union
                select receipt_date as event_date from {{ ref('fct_messenger__message_receipts') }}
            ) as days_with_events
            where
                days_with_events.event_date <= {{ this }}.activity_date
                and days_with_events.event_date > {{ dbt.dateadd('day', -28, this ~ '.activity_date') }}
        )
    {% endif %}",
) }}

{%- set counts = [
    'messages_sent_count',
    'unique_conversations_active_count',
    'rich_media_sent_count',
    'typed_messages_sent_count',
    'sessions_count',
    'messages_received_count',
] %}

with

daily_counts as (

    select
        user_id,
        message_date as activity_date,
        count(*) as messages_sent,
        count(distinct conversation_id) as conversations,
        count(case when is_rich_media then 1 end) as rich_media,
        count(is_rich_media) as typed_messages,
        0 as sessions,
        0 as messages_received
    from {{ ref('fct_messenger__messages') }}
    group by
        user_id,
        message_date
    union all
    select
        user_id,
        session_date as activity_date,
        0 as messages_sent,
        0 as conversations,
        0 as rich_media,
        0 as typed_messages,
        count(*) as sessions,
        0 as messages_received
    from {{ ref('fct_messenger__sessions') }}
    group by
        user_id,
        session_date
    union all
    select
        user_id,
        receipt_date as activity_date,
        0 as messages_sent,
        0 as conversations,
        0 as rich_media,
        0 as typed_messages,
        0 as sessions,
        count(*) as messages_received
    from {{ ref('fct_messenger__message_receipts') }}
    group by
        user_id,
        receipt_date

),

summed as (

    select
        user_id,
        activity_date,
        sum(messages_sent) as messages_sent_count,
        sum(conversations) as unique_conversations_active_count,
        sum(rich_media) as rich_media_sent_count,
        sum(typed_messages) as typed_messages_sent_count,
        sum(sessions) as sessions_count,
        sum(messages_received) as messages_received_count
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
    inner join {{ ref('dim_messenger__dates') }} as dates
        on
            spans.activity_date <= dates.date_day
            and dates.date_day < {{ dbt.dateadd('day', 28, 'spans.activity_date') }}
            and (spans.next_activity_date > dates.date_day or spans.next_activity_date is null)

)
{%- if is_incremental() %},

built as (

    select
        user_id,
        activity_date,
        platform,
        country,
        {{ counts | join(',\n        ') }}
    from {{ this }}

),

-- However late an event comes, it corrects its own day and the quiet ones after it.
days_that_changed as (

    select activity_date
    from (
        select * from user_days
        except
        select * from built
    ) as not_built_yet
    union
    select activity_date
    from (
        select * from built
        except
        select * from user_days
    ) as no_longer_so

)
{%- endif %}

select *
from user_days
{%- if is_incremental() %}
-- A day is built again while late events may still reach it, and whenever it is not what it was built from.
where
    activity_date >= (
        select {{ dbt.dateadd('day', -var('late_days'), 'max(date_day)') }}
        from {{ ref('dim_messenger__dates') }}
    )
    or activity_date in (select activity_date from days_that_changed)
{%- endif %}
