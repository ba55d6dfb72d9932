-- question: 2.1.1 Reels platform health and engagement
-- goal: Reels keep users, and bring new ones.
-- metric: reels_user_retention, new users of a week who are active on day 30 / new users (value)
-- grain: cohort
-- reads: the facts of new users and of user-days
select
    cohort_week as period_start,
    -- trap: a week is ripe when its Sunday has had 30 days; who ever used reels has stayed to do so
    cast(sum(is_d30) as double) / nullif(count(is_d30), 0) as value
from {{ ref('fct_short_video__new_users') }}
where
    cohort_week + interval '36' day
    < (select max(days.activity_date) from {{ ref('fct_short_video__user_days') }} as days)
group by cohort_week
order by cohort_week
