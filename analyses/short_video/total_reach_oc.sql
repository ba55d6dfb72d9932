-- question: 2.1.3 Original versus re-shared content
-- goal: What is shared is engaged with as originals are, and reaches people whom the original does not.
-- metric: total_reach_oc, distinct people of an original and its shares / originals (value)
-- grain: week
-- reads: the fact of originals with what they led to
select
    cast(date_trunc('week', created_date) as date) as period_start,
    -- trap: added up over shares, whoever sees three of them is three people
    cast(sum(reach) as double) / count(*) as value
from {{ ref('fct_short_video__amplification') }}
group by cast(date_trunc('week', created_date) as date)
order by period_start
