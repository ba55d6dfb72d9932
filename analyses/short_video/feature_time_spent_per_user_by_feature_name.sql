-- question: 2.1.4 Dashboard of the effect of Reels on other features
-- goal: What other features lose to Reels, or gain by them, is known apart from the season and from who uses them.
-- metric: feature_time_spent_per_user by feature_name, minutes in features / users of the week who use the feature
--         (value), and / users with a session, summed over days (per_active_day)
-- grain: week
-- reads: the fact of users, days and features
select
    feature_name,
    cast(date_trunc('week', activity_date) as date) as period_start,
    -- trap: who stops using a feature is in no mean of its users
    cast(sum(spent_ms) as double) / 60000 / nullif(count(distinct case when is_used then user_id end), 0) as value,
    cast(sum(spent_ms) as double) / 60000
    / nullif(count(distinct user_id || ' ' || cast(activity_date as varchar)), 0) as per_active_day
from {{ ref('fct_short_video__user_feature_days') }}
group by feature_name, cast(date_trunc('week', activity_date) as date)
order by period_start, feature_name
