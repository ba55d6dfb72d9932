-- question: 5.1.1 Stickiness beyond DAU/MAU
-- goal: What users do when they come, and how much of it, is known.
-- metric: features_used_per_user by platform, distinct features of each user in the last 28 days of the month / users
--         active in them
-- grain: month
-- reads: the monthly fact of users and the fact of features by the day
select
    users.month_start as period_start,
    users.platform,
    -- trap: who uses no feature counts with none, so users come from their active days and not from features
    cast(count(distinct features.user_id || ' ' || features.feature_name) as double)
    / nullif(count(distinct users.user_id), 0) as value
from {{ ref('fct_stickiness__user_months') }} as users
left join {{ ref('fct_stickiness__user_feature_days') }} as features
    on
        users.user_id = features.user_id
        and users.cutoff_date > features.activity_date
        and features.activity_date >= users.cutoff_date - interval '28' day
where users.active_days > 0
group by users.month_start, users.platform
order by period_start, users.platform
