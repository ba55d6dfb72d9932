-- question: 3.1.1 Streaming engagement at platform, user and video level
-- goal: The base of subscribers is healthy, grows, and watches regularly.
-- metric: content_library_utilization by kind, titles with a view / titles ever in the catalogue (value), and / titles
--         on offer (on_offer)
-- grain: week
-- reads: the fact of titles and days
select
    cast(date_trunc('week', date_day) as date) as period_start,
    kind,
    cast(count(distinct case when views > 0 then title_id end) as double) / count(distinct title_id) as value,
    -- trap: what is not on offer cannot be watched
    cast(count(distinct case when is_on_offer and views > 0 then title_id end) as double)
    / nullif(count(distinct case when is_on_offer then title_id end), 0) as on_offer
from {{ ref('fct_streaming__title_days') }}
group by cast(date_trunc('week', date_day) as date), kind
order by period_start, kind
