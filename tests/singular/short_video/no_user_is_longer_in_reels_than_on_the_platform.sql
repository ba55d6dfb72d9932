select
    user_id,
    activity_date,
    reels_ms,
    platform_ms
from {{ ref('fct_short_video__user_days') }}
where
    reels_ms > platform_ms
    -- Of some days only the summary has arrived.
    and platform_ms > 0
