{%- set thresholds = var('messenger_thresholds') %}
{%- set weights = var('engagement_weights') %}

with

snapshots as (

    select
        *,
        1e0 * rich_media_28_days / nullif(typed_messages_28_days, 0) as rich_media_rate,
        -- The share of the month's users who do less: what is compared is the rank, not the amount.
        percent_rank() over (partition by cutoff_date order by messages_28_days) as messages_rank,
        percent_rank() over (partition by cutoff_date order by active_days_28_days) as active_days_rank,
        percent_rank() over (partition by cutoff_date order by conversations_28_days) as conversations_rank,
        percent_rank() over (
            partition by cutoff_date
            order by coalesce(1e0 * rich_media_28_days / nullif(typed_messages_28_days, 0), 0)
        ) as rich_media_rank
    from {{ ref('fct_messenger__user_snapshots') }}

),

scored as (

    select
        *,
        -- Rounded, so that the same ranks give the same score, whatever the order of the sum.
        round(
            {{ weights.messages }} * messages_rank
            + {{ weights.active_days }} * active_days_rank
            + {{ weights.conversations }} * conversations_rank
            + {{ weights.rich_media }} * rich_media_rank, 12
        ) as engagement_score
    from snapshots

),

ranked as (

    select
        *,
        rank() over (partition by cutoff_date order by engagement_score desc) as score_position,
        count(*) over (partition by cutoff_date) as monthly_users
    from scored

),

segmented as (

    select
        *,
        -- Users with the same score are in or out together.
        score_position <= {{ thresholds.power_user_share }} * monthly_users as is_power_user
    from ranked

)

select
    current_month.user_id,
    current_month.month_start,
    current_month.cutoff_date,
    current_month.platform,
    current_month.country,
    current_month.messages_28_days,
    current_month.active_days_28_days,
    current_month.conversations_28_days,
    current_month.rich_media_rate,
    current_month.engagement_score,
    current_month.is_power_user,
    current_month.messages_rank >= 1 - {{ thresholds.top_share }}
    and coalesce(previous_month.messages_rank >= 1 - {{ thresholds.top_share }}, false) as has_high_message_volume,
    current_month.active_days_28_days >= {{ thresholds.high_active_days }} as has_high_active_days,
    current_month.conversations_28_days >= {{ thresholds.diverse_conversations }} as has_diverse_conversations,
    current_month.typed_messages_28_days >= {{ thresholds.rich_media_messages }}
    and coalesce(current_month.rich_media_rank >= 1 - {{ thresholds.top_share }}, false) as has_high_rich_media_usage,
    coalesce(previous_month.is_power_user, false) as was_power_user
from segmented as current_month
left join segmented as previous_month
    on
        current_month.user_id = previous_month.user_id
        and current_month.month_start = previous_month.cutoff_date
