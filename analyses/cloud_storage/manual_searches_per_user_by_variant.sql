-- question: 4.1.1 Quick Access ML suggestions
-- goal: Users find files in less time and with fewer steps than without it.
-- metric: manual_searches_per_user by variant, searches / days of exposed users
-- grain: week
-- reads: the fact of exposed users' days, which has a row for each, with a search or without
select
    variant,
    cast(date_trunc('week', exposed_date) as date) as period_start,
    -- trap: per user who searches, the saving shows as a rise, for the panel spares the light searchers theirs
    cast(sum(searches) as double) / count(*) as value,
    cast(sum(searches) as double) / nullif(count(distinct case when searches > 0 then user_id end), 0) as per_searcher
from {{ ref('fct_cloud_storage__exposed_user_days') }}
group by variant, cast(date_trunc('week', exposed_date) as date)
order by period_start, variant
