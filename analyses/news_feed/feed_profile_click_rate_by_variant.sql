-- question: 6.1.1 News feed optimisation
-- goal: What is shown fits each reader better than what anybody would be shown.
-- metric: feed_profile_click_rate by variant, clicks on profiles of items in view / these (in_view), and all /
--         impressions (value)
-- grain: week
-- reads: the fact of impressions
select
    variant,
    cast(date_trunc('week', impression_date) as date) as period_start,
    -- trap: what was scrolled past at once could not be judged
    cast(sum(case when is_in_view then profile_clicks else 0 end) as double)
    / nullif(count(case when is_in_view then 1 end), 0) as in_view,
    cast(sum(profile_clicks) as double) / count(*) as value
from {{ ref('fct_news_feed__impressions') }}
group by variant, cast(date_trunc('week', impression_date) as date)
order by period_start, variant
