{{ config(
    materialized='incremental',
    incremental_strategy='delete+insert',
    unique_key='activity_date',
    on_schema_change='append_new_columns',
    pre_hook="{% if is_incremental() %}
        -- Rows that are right no longer: of another user, or of a day outside the user's history.
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
    {% endif %}",
) }}

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

{% if is_incremental() -%}
built as (

    select
        user_id,
        activity_date,
        messages_sent_count,
        unique_conversations_active_count,
        rich_media_sent_count,
        typed_messages_sent_count,
        sessions_count,
        messages_received_count
    from {{ this }}

),

days_that_changed as (

    select activity_date
    from (
        select * from summed
        except
        select * from built
    ) as not_built_yet
    union
    select activity_date
    from (
        select * from built
        where messages_sent_count + sessions_count + messages_received_count > 0
        except
        select * from summed
    ) as no_longer_so
    union
    -- The rows without events: one for each user who was known by then.
    select dates.date_day as activity_date
    from {{ ref('dim_messenger__dates') }} as dates
    left join (
        select
            activity_date,
            count(*) as users
        from built
        group by activity_date
    ) as users_built
        on dates.date_day = users_built.activity_date
    where
        coalesce(users_built.users, 0) <> (
            select count(*)
            from {{ ref('dim_messenger__users') }} as known_users
            where cast(known_users.first_seen_at as date) <= dates.date_day
        )

),

{% endif -%}
-- A day is built again while late events may still reach it, and whenever it is not what it was built
-- from: however late an event comes, it corrects its own day.
days_to_build as (

    select date_day
    from {{ ref('dim_messenger__dates') }}
    {%- if is_incremental() %}
    where
        date_day >= (
            select {{ dbt.dateadd('day', -var('late_days'), 'max(date_day)') }}
            from {{ ref('dim_messenger__dates') }}
        )
        or date_day in (select activity_date from days_that_changed)
    {%- endif %}

)

select
    known_users.user_id,
    days_to_build.date_day as activity_date,
    known_users.platform,
    known_users.country,
    cast(coalesce(summed.messages_sent_count, 0) as {{ engine_type('integer') }}) as messages_sent_count,
    cast(coalesce(summed.unique_conversations_active_count, 0) as {{ engine_type('integer') }})
        as unique_conversations_active_count,
    cast(coalesce(summed.rich_media_sent_count, 0) as {{ engine_type('integer') }}) as rich_media_sent_count,
    cast(coalesce(summed.typed_messages_sent_count, 0) as {{ engine_type('integer') }}) as typed_messages_sent_count,
    cast(coalesce(summed.sessions_count, 0) as {{ engine_type('integer') }}) as sessions_count,
    cast(coalesce(summed.messages_received_count, 0) as {{ engine_type('integer') }}) as messages_received_count
from {{ ref('dim_messenger__users') }} as known_users
inner join days_to_build
    on days_to_build.date_day >= cast(known_users.first_seen_at as date)
left join summed
    on
        known_users.user_id = summed.user_id
        and days_to_build.date_day = summed.activity_date
