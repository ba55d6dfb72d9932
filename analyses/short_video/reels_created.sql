-- question: 2.1.1 Reels platform health and engagement
-- goal: Many users make reels of many kinds, and make them often.
-- metric: reels_created, distinct reels published / days of the week (value), and the same reels / users who publish
--         (per_creator)
-- grain: week
with weeks as (
    select cast(date_trunc('week', event_at) as date) as period_start
    from {{ ref('stg_short_video__user_active_session_start') }}
    group by cast(date_trunc('week', event_at) as date)
)

select
    weeks.period_start,
    -- trap: a publication that is sent again is no second reel
    cast(count(distinct reels.reel_id) as double) / 7 as value,
    cast(count(distinct reels.reel_id) as double) / nullif(count(distinct reels.user_id), 0) as per_creator
from weeks
left join {{ ref('stg_short_video__reel_published') }} as reels
    on weeks.period_start = cast(date_trunc('week', reels.event_at) as date)
group by weeks.period_start
order by weeks.period_start
