-- question: 4.1.1 Quick Access ML suggestions
-- goal: Users find files in less time and with fewer steps than without it.
-- metric: navigation_actions_per_user by variant, actions before an open / days of exposed users
-- grain: week
-- reads: the fact of exposed users' days, which has a row for each, with an action or without
select
    variant,
    cast(date_trunc('week', exposed_date) as date) as period_start,
    -- trap: with all actions, who tidies folders looks like somebody who needs many steps to a file
    cast(sum(navigation_actions_before_open) as double) / count(*) as value
from {{ ref('fct_cloud_storage__exposed_user_days') }}
group by variant, cast(date_trunc('week', exposed_date) as date)
order by period_start, variant
