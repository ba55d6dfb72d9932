-- question: 5.1.1 Stickiness beyond DAU/MAU
-- goal: Who stays, who leaves, who comes back and who changes habits is known.
-- metric: day_n_retention, new users of a week who are active on the 7th day after their first (d7) / new users
-- grain: cohort
-- reads: the user-day fact
with new_users as (
    select
        user_id,
        cast(date_trunc('week', min(activity_date)) as date) as period_start,
        max(case when days_since_signup = 7 then 1 else 0 end) as is_back
    from {{ ref('fct_stickiness__user_days') }}
    where is_active
    group by user_id
)

select
    period_start,
    cast(sum(is_back) as double) / count(*) as d7
from new_users
-- trap: a week is ripe when its Sunday has had seven days that are over; before, it looks like a fall
where
    period_start + interval '13' day
    < (select max(days.activity_date) from {{ ref('fct_stickiness__user_days') }} as days)
group by period_start
order by period_start
