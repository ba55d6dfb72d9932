-- question: 4.1.1 Quick Access ML suggestions
-- goal: Users find files in less time and with fewer steps than without it.
-- metric: navigation_actions_per_user, actions before an open / days of exposed users, all actions / the same days
--         (all_actions), actions before an open / opens (per_open)
-- grain: week
-- reads: the fact of exposed users' days, which has a row for each, with an action or without
select
    cast(date_trunc('week', exposed_date) as date) as period_start,
    cast(sum(navigation_actions_before_open) as double) / count(*) as value,
    -- trap: with all actions, who tidies folders looks like somebody who needs many steps to a file
    cast(sum(navigation_actions) as double) / count(*) as all_actions,
    -- And per open, a panel that brings more opens lowers the number though nobody walks less.
    cast(sum(navigation_actions_before_open) as double) / nullif(sum(files_opened), 0) as per_open
from {{ ref('fct_cloud_storage__exposed_user_days') }}
group by cast(date_trunc('week', exposed_date) as date)
order by period_start
