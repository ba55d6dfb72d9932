{%- set thresholds = messenger_setting('messenger_thresholds') %}

select
    user_id,
    month_start,
    cutoff_date,
    platform,
    country,
    messages_week_1,
    messages_week_2,
    conversations_week_1,
    conversations_week_2,
    has_churned,
    (
        messages_week_3 > 0
        and messages_week_2 < (1 - {{ thresholds.significant_drop }}) * messages_week_3
        -- Who has stopped cannot fall further, and has not recovered.
        and (messages_week_1 < (1 - {{ thresholds.significant_drop }}) * messages_week_2 or messages_week_1 = 0)
    )
    or (
        active_days_week_3 > 0
        and active_days_week_2 < (1 - {{ thresholds.significant_drop }}) * active_days_week_3
        and (
            active_days_week_1 < (1 - {{ thresholds.significant_drop }}) * active_days_week_2
            or active_days_week_1 = 0
        )
    ) as has_significant_drop,
    messages_28_days < {{ thresholds.low_messages }}
    and active_days_28_days < {{ thresholds.low_active_days }} as has_sustained_low_activity,
    days_since_last_message > {{ thresholds.inactive_days }} as has_high_inactivity
from {{ recent(ref('fct_messenger__user_snapshots')) }}
