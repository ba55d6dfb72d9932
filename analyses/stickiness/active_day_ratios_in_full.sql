-- question: 5.1.1 Stickiness beyond DAU/MAU
-- goal: How regularly users come, and how long ago they last came, is known.
-- metric: active_day_ratios, users active in the trailing 7 days / in the trailing 28 (value), distinct users of 1, 7
--         and 28 days (dau, wau, mau), by other events (dau_by_app_open, dau_by_session_start) and of scripts
--         (automated_users), and users active on at least 3, 7, 14 and 21 of the 28 days / users active on any
-- trap: an open is no sign of use, and whoever has no app opens none; 28 days reach back 27; a script is no user
-- note: 30 active events of a day that are all at one or two seconds of the minute are a script's; somebody is active
--       every day; where that is not so, take the days from a calendar table
-- grain: day
with

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

openers as (

    select
        cast(opens.event_at as date) as active_date,
        count(distinct opens.user_id) as users
    from {{ ref('stg_stickiness__app_open') }} as opens
    left join scripts
        on
            opens.user_id = scripts.user_id
            and cast(opens.event_at as date) = scripts.script_date
    where scripts.user_id is null
    group by cast(opens.event_at as date)

),

starters as (

    select
        cast(session_starts.event_at as date) as active_date,
        count(distinct session_starts.user_id) as users
    from {{ ref('stg_stickiness__session_start') }} as session_starts
    left join scripts
        on
            session_starts.user_id = scripts.user_id
            and cast(session_starts.event_at as date) = scripts.script_date
    where scripts.user_id is null
    group by cast(session_starts.event_at as date)

),

script_days as (

    select
        script_date as active_date,
        count(*) as users
    from scripts
    group by script_date

),

ends as (

    select
        active_date,
        row_number() over (order by active_date) as days_of_data
    from active_days
    group by active_date

),

user_windows as (

    select
        ends.active_date,
        ends.days_of_data,
        active_days.user_id,
        count(*) as days,
        max(case when active_days.active_date = ends.active_date then 1 else 0 end) as is_of_day,
        max(case when active_days.active_date > ends.active_date - interval '7' day then 1 else 0 end) as is_of_week
    from ends
    inner join active_days
        on active_days.active_date between ends.active_date - interval '27' day and ends.active_date
    group by
        ends.active_date,
        ends.days_of_data,
        active_days.user_id

),

windows as (

    select
        active_date,
        days_of_data,
        sum(is_of_day) as dau,
        sum(is_of_week) as wau,
        count(*) as mau,
        sum(days) as days,
        count(case when days >= 3 then 1 end) as three,
        count(case when days >= 7 then 1 end) as seven,
        count(case when days >= 14 then 1 end) as fourteen,
        count(case when days >= 21 then 1 end) as twenty_one
    from user_windows
    group by
        active_date,
        days_of_data

)

select
    windows.active_date as period_start,
    windows.dau,
    coalesce(openers.users, 0) as dau_by_app_open,
    coalesce(starters.users, 0) as dau_by_session_start,
    coalesce(script_days.users, 0) as automated_users,
    case when windows.days_of_data >= 7 then windows.wau end as wau,
    case when windows.days_of_data >= 28 then windows.mau end as mau,
    case when windows.days_of_data >= 28 then cast(windows.wau as double) / nullif(windows.mau, 0) end as value,
    case
        when windows.days_of_data >= 28 then
            cast(windows.three as double)
            / nullif(windows.mau, 0)
    end as three_day_share,
    case
        when windows.days_of_data >= 28 then
            cast(windows.seven as double)
            / nullif(windows.mau, 0)
    end as seven_day_share,
    case
        when windows.days_of_data >= 28 then
            cast(windows.fourteen as double)
            / nullif(windows.mau, 0)
    end as fourteen_day_share,
    case when windows.days_of_data >= 28 then cast(windows.twenty_one as double) / nullif(windows.mau, 0) end
        as twenty_one_day_share,
    case when windows.days_of_data >= 28 then cast(windows.days as double) / nullif(28 * windows.mau, 0) end
        as mean_dau_over_mau
from windows
left join openers on windows.active_date = openers.active_date
left join starters on windows.active_date = starters.active_date
left join script_days on windows.active_date = script_days.active_date
order by period_start
