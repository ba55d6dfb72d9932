-- question: 2.1.4 Dashboard of the effect of Reels on other features
-- goal: What other features lose to Reels, or gain by them, is known apart from the season and from who uses them.
-- metric: feature_active_users by feature_name, users of the day who do anything in the feature (value)
-- grain: day
-- reads: the fact of users, days and features
select
    feature_name,
    activity_date as period_start,
    -- trap: audiences overlap, so these do not add up to all users
    count(distinct case when is_used then user_id end) as value
from {{ ref('fct_short_video__user_feature_days') }}
group by feature_name, activity_date
order by activity_date, feature_name
