-- question: 3.1.1 Streaming engagement at platform, user and video level
-- goal: How well each title draws viewers and keeps them is known.
-- metric: audience_retention_curve, viewers who come to half of the length within 14 days / viewers who start (value)
-- grain: week
-- reads: the fact of retention by title
select
    cast(date_trunc('week', first_started_on) as date) as period_start,
    -- trap: who goes on the next day has not left; playbacks alone would say so
    cast(sum(viewers) as double) / nullif(sum(starters), 0) as value
from {{ ref('fct_streaming__title_retention') }}
where percent = 50
group by cast(date_trunc('week', first_started_on) as date)
order by period_start
