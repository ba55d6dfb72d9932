-- question: 2.1.3 Original versus re-shared content
-- goal: What is shared is engaged with as originals are, and reaches people whom the original does not.
-- metric: click_through_to_original, users who click / views of shares (value)
-- grain: week
-- reads: the fact of people of originals
select
    cast(date_trunc('week', created_date) as date) as period_start,
    -- trap: users are divided by views, and clicks on links outside have no views
    cast(count(case when clicks > 0 then 1 end) as double) / nullif(sum(shared_views), 0) as value
from {{ ref('fct_short_video__content_audience') }}
group by cast(date_trunc('week', created_date) as date)
order by period_start
