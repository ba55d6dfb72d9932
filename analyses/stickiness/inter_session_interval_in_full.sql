-- question: 5.1.1 Stickiness beyond DAU/MAU
-- goal: How regularly users come, and how long ago they last came, is known.
-- metric: inter_session_interval, mean days from the start of a session to the next in the last 28 days of the month
--         (value); by Kaplan and Meier, with open intervals as censored, the median (km_median) and the mean of at
--         most 14 days each (km_mean), and that of users who were power or core users a month before, and not new
--         then (engaged_km_mean)
-- trap: a last session has no next one, so a mean of closed intervals leaves out who has gone
-- note: 30 active events of a day that are all at one or two seconds of the minute are a script's; a session ends
--       after 30 minutes without an event, and one that only begins is none; core begins with 8 active days
-- grain: month
with

scripts as (

    select
        user_id,
        cast(event_at as date) as script_date
    from {{ ref('stg_stickiness__user_active_event') }}
    group by
        user_id,
        cast(event_at as date)
    having
        count(*) >= 30
        and count(distinct extract(epoch from event_at - date_trunc('minute', event_at))) <= 2

),

active_days as (

    select
        user_id,
        cast(event_at as date) as active_date
    from {{ ref('stg_stickiness__user_active_event') }}
    group by
        user_id,
        cast(event_at as date)
    having
        count(*) < 30
        or count(distinct extract(epoch from event_at - date_trunc('minute', event_at))) > 2

),

events as (

    select
        user_id,
        event_at,
        session_id,
        1 as session_starts
    from {{ ref('stg_stickiness__session_start') }}
    union all
    select
        user_id,
        event_at,
        session_id,
        0 as session_starts
    from {{ ref('stg_stickiness__user_active_event') }}
    union all
    select
        user_id,
        event_at,
        session_id,
        0 as session_starts
    from {{ ref('stg_stickiness__content_viewed') }}
    union all
    select
        user_id,
        event_at,
        session_id,
        0 as session_starts
    from {{ ref('stg_stickiness__content_created') }}
    union all
    select
        user_id,
        event_at,
        session_id,
        0 as session_starts
    from {{ ref('stg_stickiness__social_interaction') }}
    union all
    select
        user_id,
        event_at,
        session_id,
        0 as session_starts
    from {{ ref('stg_stickiness__feature_used') }}

),

gaps as (

    select
        events.*,
        case
            when
                events.event_at <= lag(events.event_at) over (
                    partition by events.user_id order by events.event_at
                ) + interval '30' minute
                then 0
            else 1
        end as begins
    from events
    left join scripts
        on
            events.user_id = scripts.user_id
            and cast(events.event_at as date) = scripts.script_date
    where scripts.user_id is null

),

numbered_events as (

    select
        user_id,
        event_at,
        session_id,
        session_starts,
        sum(begins) over (
            partition by user_id
            order by event_at
            range between unbounded preceding and current row
        ) as session_number
    from gaps

),

sessions as (

    select
        user_id,
        session_number,
        cast(min(event_at) as date) as session_date,
        min(event_at) as started_at,
        extract(epoch from max(event_at) - min(event_at)) as session_seconds,
        case when count(session_id) > 0 then 1 else 0 end as has_id,
        case when count(distinct session_id) = 1 and sum(session_starts) = 1 then 1 else 0 end as is_as_logged
    from numbered_events
    group by
        user_id,
        session_number
    having count(*) > sum(session_starts)

),

log_days as (

    select
        cast(min(event_at) as date) as first_day,
        cast(max(received_at) as date) as open_day
    from {{ ref('stg_stickiness__user_active_event') }}

),

months as (

    select distinct
        cast(date_trunc('month', active_days.active_date) as date) as period_start,
        cast(date_trunc('month', active_days.active_date) + interval '1' month as date) as cutoff
    from active_days
    inner join log_days
        on
            cast(date_trunc('month', active_days.active_date) as date) >= log_days.first_day
            and cast(date_trunc('month', active_days.active_date) + interval '1' month as date) <= log_days.open_day

),

first_days as (

    select
        user_id,
        min(active_date) as first_date
    from active_days
    group by user_id

),

engaged_users as (

    select
        active_days.user_id,
        months.cutoff as period_start
    from active_days
    inner join first_days on active_days.user_id = first_days.user_id
    inner join months
        on
            active_days.active_date < months.cutoff
            and active_days.active_date >= months.cutoff - interval '28' day
            and first_days.first_date < months.period_start
    group by
        active_days.user_id,
        months.cutoff
    having count(*) >= 8

),

session_starts as (

    select
        months.period_start,
        months.cutoff,
        sessions.user_id,
        sessions.started_at,
        lead(sessions.started_at) over (
            partition by months.period_start, sessions.user_id
            order by sessions.started_at
        ) as next_started_at
    from sessions
    inner join months
        on
            sessions.session_date < months.cutoff
            and sessions.session_date >= months.cutoff - interval '28' day

),

lengths as (

    select
        user_id,
        period_start,
        extract(epoch from coalesce(next_started_at, cast(cutoff as timestamp)) - started_at) / 86400 as days,
        case when next_started_at is null then 0 else 1 end as is_closed
    from session_starts

),

intervals as (

    select
        lengths.period_start,
        lengths.days,
        lengths.is_closed,
        case when engaged_users.user_id is null then 0 else 1 end as is_engaged
    from lengths
    left join engaged_users
        on
            lengths.user_id = engaged_users.user_id
            and lengths.period_start = engaged_users.period_start

),

populations as (

    select
        'all' as population,
        intervals.*
    from intervals
    union all
    select
        'engaged' as population,
        intervals.*
    from intervals
    where is_engaged = 1

),

durations as (

    select
        population,
        period_start,
        days,
        sum(is_closed) as closed,
        sum(count(*)) over (partition by population, period_start order by days desc) as at_risk
    from populations
    group by
        population,
        period_start,
        days

),

curves as (

    select
        population,
        period_start,
        days,
        lead(days) over (partition by population, period_start order by days) as next_days,
        -- The product over all steps so far; a curve that has come to zero stays there.
        case
            when min(at_risk - closed) over (partition by population, period_start order by days) = 0 then 0
            else exp(sum(case when at_risk > closed then ln(1 - cast(closed as double) / at_risk) else 0 end) over (
                partition by population, period_start
                order by days
            ))
        end as open_share
    from durations

),

kaplan_meier as (

    select
        population,
        period_start,
        -- A half and no more, but for the last digits.
        min(case when 2000000000000 * open_share <= 1000000000002 then days end) as median,
        min(counted_days) + sum(open_share * (next_counted_days - counted_days)) as mean
    from (
        select
            population,
            period_start,
            days,
            open_share,
            case when days < 14 then days else 14 end as counted_days,
            case when next_days < 14 then next_days else 14 end as next_counted_days
        from curves
    ) as steps
    group by
        population,
        period_start

)

select
    intervals.period_start,
    sum(intervals.days * intervals.is_closed) / nullif(sum(intervals.is_closed), 0) as value,
    max(everybody.median) as km_median,
    max(everybody.mean) as km_mean,
    max(engaged.mean) as engaged_km_mean
from intervals
inner join kaplan_meier as everybody
    on
        intervals.period_start = everybody.period_start
        and everybody.population = 'all'
left join kaplan_meier as engaged
    on
        intervals.period_start = engaged.period_start
        and engaged.population = 'engaged'
group by intervals.period_start
order by intervals.period_start
