-- question: 5.1.1 Stickiness beyond DAU/MAU
-- goal: Who stays, who leaves, who comes back and who changes habits is known.
-- metric: engagement_tiers, power and core users / users active in the last 28 days
-- grain: month
-- reads: the monthly fact of users
select
    month_start as period_start,
    -- trap: with all users so far below, it would fall with everybody who ever left
    cast(count(case when tier in ('power', 'core') then 1 end) as double) / count(*) as value
from {{ ref('fct_stickiness__user_months') }}
where active_days > 0
group by month_start
order by month_start
