-- question: 2.1.4 Dashboard of the effect of Reels on other features
-- goal: What other features lose to Reels, or gain by them, is known apart from the season and from who uses them.
-- metric: feature_active_users, users of the day who do anything in a feature (value)
-- grain: day
-- reads: the fact of users, days and features
select
    activity_date as period_start,
    -- trap: a user of two features is one user
    count(distinct case when is_used then user_id end) as value
from {{ ref('fct_short_video__user_feature_days') }}
group by activity_date
order by activity_date
