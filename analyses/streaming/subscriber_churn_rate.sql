-- question: 3.1.1 Streaming engagement at platform, user and video level
-- goal: The base of subscribers is healthy, grows, and watches regularly.
-- metric: subscriber_churn_rate, subscribers at the start of the month whose subscription ends in it / these
--         subscribers (of_starters)
-- grain: month
-- reads: the monthly fact of subscribers
select
    month_start as period_start,
    -- trap: who joins and leaves within the month was no subscriber at its start
    cast(count(case when has_left then 1 end) as double) / count(*) as of_starters
from {{ ref('fct_streaming__subscriber_months') }}
where
    was_subscribed
    -- The month in which the log begins is not whole.
    and month_start > (select min(earlier.month_start) from {{ ref('fct_streaming__subscriber_months') }} as earlier)
group by month_start
order by period_start
