-- question: 2.1.1 Reels platform health and engagement
-- goal: Reels keep users, and bring new ones.
-- metric: reels_attributed_signups, signups attributed to reels / signups (value)
-- grain: week
-- reads: the fact of signups
select
    cast(date_trunc('week', signup_date) as date) as period_start,
    -- trap: a signup has one source, the declared one first, or rules add up to more than all signups
    cast(count(case when attribution in ('declared reels', 'touched reels') then 1 end) as double)
    / nullif(count(*), 0) as value
from {{ ref('fct_short_video__signups') }}
group by cast(date_trunc('week', signup_date) as date)
order by period_start
