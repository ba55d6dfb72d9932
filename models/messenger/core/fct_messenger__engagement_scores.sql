{%- set thresholds = messenger_setting('messenger_thresholds') %}
{%- set weights = messenger_setting('engagement_weights') %}

with

snapshots as (

    select
        *,
        1e0 * rich_media_28_days / nullif(typed_messages_28_days, 0) as rich_media_rate,
        -- Over fewer messages a rate says nothing: such users are not ranked, and nobody is ranked among them.
        typed_messages_28_days >= {{ thresholds.rich_media_messages }} as has_rich_media_rank,
        1e0 * (conversations_week_1 + conversations_week_2 + conversations_week_3 + conversations_week_4) / 4
            as conversations_per_week
    from {{ recent(ref('fct_messenger__user_snapshots')) }}

),

ranks as (

    select
        *,
        -- The share of the month's users who do less: what is compared is the rank, not the amount.
        percent_rank() over (partition by cutoff_date order by messages_28_days) as messages_rank,
        percent_rank() over (partition by cutoff_date order by active_days_28_days) as active_days_rank,
        percent_rank() over (partition by cutoff_date order by conversations_28_days) as conversations_rank,
        case
            when has_rich_media_rank
                then percent_rank() over (
                    partition by
                        cutoff_date,
                        has_rich_media_rank
                    order by rich_media_rate
                )
            else 0e0
        end as rich_media_rank
    from snapshots

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
    from ranks

),

ranked as (

    select
        *,
        -- Among equal scores who does more is first, and among those who do the same a lot decides. It is drawn
        -- anew for each month: a lasting one would make the segment look stable where nobody stands out.
        row_number() over (
            partition by cutoff_date
            order by
                engagement_score desc,
                messages_28_days desc,
                active_days_28_days desc,
                conversations_28_days desc,
                md5(concat(user_id, cast(cutoff_date as {{ engine_type('string') }}))) asc,
                user_id asc
        ) as score_position,
        count(*) over (partition by cutoff_date) as monthly_users
    from scored

),

segmented as (

    select
        *,
        score_position <= round({{ thresholds.power_user_share }} * monthly_users) as is_power_user
    from ranked

),

-- What asks for the month before says nothing of a month that has none.
months_with_one_before as (

    select distinct cutoff_date as month_start
    from segmented

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
    current_month.conversations_per_week,
    current_month.rich_media_rate,
    current_month.engagement_score,
    current_month.is_power_user,
    case
        when months_with_one_before.month_start is not null
            then
                current_month.messages_rank >= 1 - {{ thresholds.top_share }}
                and coalesce(previous_month.messages_rank >= 1 - {{ thresholds.top_share }}, false)
    end as has_high_message_volume,
    current_month.active_days_28_days >= {{ thresholds.high_active_days }} as has_high_active_days,
    current_month.conversations_per_week >= {{ thresholds.diverse_conversations_per_week }}
        as has_diverse_conversations,
    current_month.has_rich_media_rank
    and current_month.rich_media_rank >= 1 - {{ thresholds.top_share }} as has_high_rich_media_usage,
    case
        when months_with_one_before.month_start is not null then coalesce(previous_month.is_power_user, false)
    end as was_power_user
from segmented as current_month
left join months_with_one_before
    on current_month.month_start = months_with_one_before.month_start
left join segmented as previous_month
    on
        current_month.user_id = previous_month.user_id
        and current_month.month_start = previous_month.cutoff_date
