-- question: 5.1.1 Stickiness beyond DAU/MAU
-- goal: How regularly users come, and how long ago they last came, is known.
-- metric: inter_session_interval, mean days from the start of a session to that of the user's next, in the last 28
--         days of the month
-- grain: month
-- reads: the fact of sessions and that of users in months that are over
with sessions as (
    select
        user_months.month_start as period_start,
        sessions.started_at,
        lead(sessions.started_at)
            over (partition by sessions.user_id, user_months.month_start order by sessions.started_at)
            as next_started_at
    from {{ ref('fct_stickiness__sessions') }} as sessions
    inner join {{ ref('fct_stickiness__user_months') }} as user_months
        on
            sessions.user_id = user_months.user_id
            and sessions.session_date < user_months.cutoff_date
            and sessions.session_date >= user_months.cutoff_date - interval '28' day
)

select
    period_start,
    -- trap: a last session has no next one and is left out, so the mean falls when users leave for good
    avg(extract(epoch from next_started_at - started_at)) / 86400 as value
from sessions
group by period_start
order by period_start
