-- question: 2.1.3 Original versus re-shared content
-- goal: What is shared is engaged with as originals are, and reaches people whom the original does not.
-- metric: audience_expansion_ratio, people by shares alone / people directly (value), and the same of originals
--         whose shares have five views (successful)
-- grain: week
-- reads: the fact of originals with what they led to
select
    cast(date_trunc('week', created_date) as date) as period_start,
    -- trap: of means, one with six people by shares and one directly counts as six
    cast(sum(share_only_engagers) as double) / nullif(sum(direct_engagers), 0) as value,
    cast(sum(case when shared_views >= 5 then share_only_engagers end) as double)
    / nullif(sum(case when shared_views >= 5 then direct_engagers end), 0) as successful
from {{ ref('fct_short_video__amplification') }}
group by cast(date_trunc('week', created_date) as date)
order by period_start
