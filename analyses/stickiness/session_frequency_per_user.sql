-- question: 5.1.1 Stickiness beyond DAU/MAU
-- goal: How regularly users come, and how long ago they last came, is known.
-- metric: session_frequency_per_user, starts of sessions (value) and sessions by idle time (by_idle_time) / days of
--         the week of all who are active in it
-- grain: week
-- reads: the user-day fact
select
    cast(date_trunc('week', activity_date) as date) as period_start,
    cast(sum(session_starts) as double) / nullif(7 * count(distinct case when is_active then user_id end), 0) as value,
    -- trap: divided by active days only, it would not tell that somebody stayed away
    cast(sum(sessions) as double) / nullif(7 * count(distinct case when is_active then user_id end), 0) as by_idle_time
from {{ ref('fct_stickiness__user_days') }}
where not is_automated
group by cast(date_trunc('week', activity_date) as date)
order by period_start
