-- question: 5.1.1 Stickiness beyond DAU/MAU
-- goal: Who stays, who leaves, who comes back and who changes habits is known.
-- metric: resurrection_rate by platform, users who come back in the month / users who were away for 28 days when it
--         began
-- grain: month
-- reads: the monthly fact of users
select
    month_start as period_start,
    platform,
    -- trap: divided by those who are away, and not by those who are active now
    cast(count(case when calendar_active_days > 0 then 1 end) as double) / count(*) as value
from {{ ref('fct_stickiness__user_months') }}
where previous_tier in ('dormant', 'gone')
group by month_start, platform
order by month_start, platform
