-- question: 5.1.1 Stickiness beyond DAU/MAU
-- goal: How regularly users come, and how long ago they last came, is known.
-- metric: inter_session_interval, mean days from the start of a session to that of the user's next, in the last 28
--         days of the month
-- grain: month
-- reads: the fact of sessions, and of the dates the first days of months that are over
with sessions as (
    select
        dates.month_start as period_start,
        sessions.started_at,
        lead(sessions.started_at)
            over (partition by sessions.user_id, dates.month_start order by sessions.started_at)
            as next_started_at
    from {{ ref('fct_stickiness__sessions') }} as sessions
    inner join {{ ref('dim_stickiness__dates') }} as dates
        on
            sessions.session_date >= dates.month_start + interval '1' month - interval '28' day
            and sessions.session_date < dates.month_start + interval '1' month
    where dates.date_day = dates.month_start and dates.is_complete_month
)

select
    period_start,
    -- trap: a last session has no next one and is left out, so the mean falls when users leave for good
    avg(extract(epoch from next_started_at - started_at)) / 86400 as value
from sessions
group by period_start
order by period_start
