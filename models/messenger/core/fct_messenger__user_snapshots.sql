{%- set integer = engine_type('integer') %}

with

-- A month is judged when it is over: everything before the cut-off is known, nothing from it on.
cutoffs as (

    select distinct
        month_start,
        cast({{ dbt.dateadd('month', 1, 'month_start') }} as date) as cutoff_date
    from {{ ref('dim_messenger__dates') }}
    where is_complete_month
    {{ only_rebuilt('and', dbt.dateadd('month', 1, 'month_start') | trim) }}

),

horizon as (

    select
        min(date_day) as first_day,
        max(date_day) as open_day
    from {{ ref('dim_messenger__dates') }}

),

recent_days as (

    select
        cutoffs.month_start,
        cutoffs.cutoff_date,
        summary.*,
        {{ days_between('summary.activity_date', 'cutoffs.cutoff_date') }} as days_ago
    from {{ recent(ref('fct_messenger__user_daily_activity_summary')) }} as summary
    inner join cutoffs
        on
            summary.activity_date < cutoffs.cutoff_date
            and summary.activity_date >= {{ dbt.dateadd('day', -28, 'cutoffs.cutoff_date') }}

),

activity as (

    select
        user_id,
        month_start,
        cutoff_date,
        max(platform) as platform,
        max(country) as country,
        max(activity_date) as known_until,
        cast(sum(messages_sent_count) as {{ integer }}) as messages_28_days,
        cast(sum(reactions_sent_count) as {{ integer }}) as reactions_28_days,
        {%- for week in range(1, 5) %}
            {%- set is_of_week = 'days_ago between ' ~ (7 * week - 6) ~ ' and ' ~ 7 * week %}
            cast(sum(case when {{ is_of_week }} then messages_sent_count else 0 end) as {{ integer }})
                as messages_week_{{ week }},
            count(case when {{ is_of_week }} and messages_sent_count > 0 then 1 end) as active_days_week_{{ week }},
        {%- endfor %}
        count(case when messages_sent_count > 0 then 1 end) as active_days_28_days,
        min(case when messages_sent_count > 0 then days_ago end) as days_since_last_message,
        cast(sum(rich_media_sent_count) as {{ integer }}) as rich_media_28_days,
        cast(sum(typed_messages_sent_count) as {{ integer }}) as typed_messages_28_days,
        cast(sum(sessions_count) as {{ integer }}) as sessions_28_days,
        cast(sum(case when days_ago <= 7 then sessions_count else 0 end) as {{ integer }}) as sessions_week_1,
        cast(sum(messages_received_count) as {{ integer }}) as messages_received_28_days,
        cast(sum(reactions_received_count) as {{ integer }}) as reactions_received_28_days,
        cast(sum(case when days_ago <= 7 then messages_received_count else 0 end) as {{ integer }})
            as messages_received_week_1
    from recent_days
    group by
        user_id,
        month_start,
        cutoff_date

),

conversations as (

    select
        conversation_days.user_id,
        cutoffs.cutoff_date,
        max(conversation_days.message_date) as known_until,
        {%- for week in range(1, 5) %}
            count(distinct case
                when
                    conversation_days.message_date >= {{ dbt.dateadd('day', -7 * week, 'cutoffs.cutoff_date') }}
                    and conversation_days.message_date < {{ dbt.dateadd('day', 7 - 7 * week, 'cutoffs.cutoff_date') }}
                    then conversation_days.conversation_id
            end) as conversations_week_{{ week }},
        {%- endfor %}
        count(distinct conversation_days.conversation_id) as conversations_28_days
    from {{ recent(ref('fct_messenger__user_conversation_days')) }} as conversation_days
    inner join cutoffs
        on
            conversation_days.message_date < cutoffs.cutoff_date
            and conversation_days.message_date >= {{ dbt.dateadd('day', -28, 'cutoffs.cutoff_date') }}
    group by
        conversation_days.user_id,
        cutoffs.cutoff_date

),

notification_settings as (

    select
        settings.user_id,
        cutoffs.cutoff_date,
        cast(max(settings.event_at) as date) as known_until,
        max_by(settings.notifications, settings.event_at) as notifications
    from {{ ref('stg_messenger__notification_settings_change') }} as settings
    inner join cutoffs
        on settings.event_at < cast(cutoffs.cutoff_date as timestamp)
    group by
        settings.user_id,
        cutoffs.cutoff_date

),

uninstalls as (

    select
        removals.user_id,
        cutoffs.cutoff_date,
        cast(max(removals.event_at) as date) as known_until
    from {{ recent(ref('stg_messenger__app_uninstall')) }} as removals
    inner join cutoffs
        on
            removals.event_at < cast(cutoffs.cutoff_date as timestamp)
            and removals.event_at >= cast({{ dbt.dateadd('day', -28, 'cutoffs.cutoff_date') }} as timestamp)
    group by
        removals.user_id,
        cutoffs.cutoff_date

),

-- The label alone looks past the cut-off.
returns as (

    select
        messages.user_id,
        cutoffs.cutoff_date
    from {{ recent(ref('fct_messenger__messages')) }} as messages
    inner join cutoffs
        on
            messages.message_date >= cutoffs.cutoff_date
            and messages.message_date < {{ dbt.dateadd('day', 30, 'cutoffs.cutoff_date') }}
    group by
        messages.user_id,
        cutoffs.cutoff_date

)

select
    activity.user_id,
    activity.month_start,
    activity.cutoff_date,
    activity.platform,
    activity.country,
    activity.messages_28_days,
    activity.reactions_28_days,
    activity.messages_week_1,
    activity.active_days_week_1,
    activity.messages_week_2,
    activity.active_days_week_2,
    activity.messages_week_3,
    activity.active_days_week_3,
    activity.messages_week_4,
    activity.active_days_week_4,
    activity.active_days_28_days,
    activity.days_since_last_message,
    activity.rich_media_28_days,
    activity.typed_messages_28_days,
    activity.sessions_28_days,
    activity.sessions_week_1,
    activity.messages_received_28_days,
    activity.reactions_received_28_days,
    activity.messages_received_week_1,
    activity.known_until as activity_known_until,
    conversations.known_until as conversations_known_until,
    notification_settings.known_until as notifications_known_until,
    uninstalls.known_until as uninstalls_known_until,
    coalesce(conversations.conversations_28_days, 0) as conversations_28_days,
    {%- for week in range(1, 5) %}
        coalesce(conversations.conversations_week_{{ week }}, 0) as conversations_week_{{ week }},
    {%- endfor %}
    coalesce(notification_settings.notifications = 'none', false) as has_notifications_off,
    uninstalls.user_id is not null as has_uninstalled,
    {{ days_between('cast(known_users.first_seen_at as date)', 'activity.cutoff_date') }} as tenure_days,
    case
        when {{ dbt.dateadd('day', 30, 'activity.cutoff_date') }} <= horizon.open_day then returns.user_id is null
    end as has_churned
from activity
inner join {{ ref('dim_messenger__users') }} as known_users
    on activity.user_id = known_users.user_id
cross join horizon
left join conversations
    on
        activity.user_id = conversations.user_id
        and activity.cutoff_date = conversations.cutoff_date
left join notification_settings
    on
        activity.user_id = notification_settings.user_id
        and activity.cutoff_date = notification_settings.cutoff_date
left join uninstalls
    on
        activity.user_id = uninstalls.user_id
        and activity.cutoff_date = uninstalls.cutoff_date
left join returns
    on
        activity.user_id = returns.user_id
        and activity.cutoff_date = returns.cutoff_date
where activity.messages_28_days > 0
{{ in_order_of('activity.cutoff_date') }}
