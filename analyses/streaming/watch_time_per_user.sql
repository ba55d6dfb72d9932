-- question: 3.1.1 Streaming engagement at platform, user and video level
-- goal: Single users find what is worth watching, in variety, and make a habit of it.
-- metric: watch_time_per_user, mean over users of logged minutes / active days (value), and minutes by playbacks / all
--         active days (watched)
-- grain: week
-- reads: the user-day fact
with user_weeks as (
    select
        cast(date_trunc('week', activity_date) as date) as period_start,
        platform,
        user_id,
        cast(sum(case when is_active then logged_watch_ms end) as double) / 60000 as logged_minutes,
        60 * sum(watched_hours) as watched_minutes,
        count(case when is_active then 1 end) as active_days
    from {{ ref('fct_streaming__user_days') }}
    group by cast(date_trunc('week', activity_date) as date), platform, user_id
)

select
    period_start,
    -- trap: in the mean over users, who comes once weighs as much as who comes daily
    avg(logged_minutes / nullif(active_days, 0)) as value,
    sum(watched_minutes) / nullif(sum(active_days), 0) as watched
from user_weeks
group by period_start
order by period_start
