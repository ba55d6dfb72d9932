-- question: 2.1.4 Dashboard of the effect of Reels on other features
-- goal: What other features lose to Reels, or gain by them, is known apart from the season and from who uses them.
-- metric: platform_time_spent_per_user, minutes in all features / users with a session, summed over days (value), and
--         the same of users from before the log (of_users_from_before)
-- grain: week
-- reads: the user-day fact
select
    cast(date_trunc('week', activity_date) as date) as period_start,
    cast(sum(platform_ms) as double) / 60000 / nullif(count(*), 0) as value,
    -- trap: new and light users lower the mean although nobody does less
    cast(sum(case when not has_signed_up_in_log then platform_ms end) as double) / 60000
    / nullif(count(case when not has_signed_up_in_log then 1 end), 0) as of_users_from_before
from {{ ref('fct_short_video__user_days') }}
where sessions > 0
group by cast(date_trunc('week', activity_date) as date)
order by period_start
