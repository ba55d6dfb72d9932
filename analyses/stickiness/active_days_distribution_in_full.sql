-- question: 5.1.1 Stickiness beyond DAU/MAU
-- goal: How regularly users come, and how long ago they last came, is known.
-- metric: active_days_distribution, users active on more than 15 of the last 28 days of the month / users active on
--         any (value), the same of users from before these days (tenured_over_15) and of the calendar month
--         (calendar_over_15), active days / users by UTC (mean_days) and by the users' clocks (mean_local_days), and
--         the histogram (days_1 to days_28)
-- trap: of 31 days more than 15 is easier than of 28; who signed up last week cannot have 16 days; an evening in the
--       Americas is the next day by UTC
-- note: 30 active events of a day that are all at one or two seconds of the minute are a script's; an active day has
--       at most two dates by a user's clock, the first and the last event's
-- grain: month
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

first_days as (

    select
        user_id,
        min(active_date) as first_date
    from active_days
    group by user_id

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

local_days as (

    select
        months.period_start,
        events.user_id,
        count(distinct cast(
            events.event_at + coalesce(events.utc_offset_minutes, 0) * interval '1' minute as date
        )) as local_active_days
    from {{ ref('stg_stickiness__user_active_event') }} as events
    inner join active_days
        on
            events.user_id = active_days.user_id
            and cast(events.event_at as date) = active_days.active_date
    inner join months
        on
            active_days.active_date < months.cutoff
            and active_days.active_date >= months.cutoff - interval '28' day
    group by
        months.period_start,
        events.user_id

),

users as (

    select
        months.period_start,
        active_days.user_id,
        count(*) as calendar_active_days,
        count(case when active_days.active_date >= months.cutoff - interval '28' day then 1 end) as active_days,
        max(case when first_days.first_date < months.cutoff - interval '28' day then 1 else 0 end) as is_tenured
    from active_days
    inner join first_days on active_days.user_id = first_days.user_id
    inner join months
        on
            active_days.active_date >= months.period_start
            and active_days.active_date < months.cutoff
    group by
        months.period_start,
        active_days.user_id

),

monthly_users as (

    select
        users.period_start,
        users.calendar_active_days,
        users.active_days,
        users.is_tenured,
        local_days.local_active_days
    from users
    left join local_days
        on
            users.period_start = local_days.period_start
            and users.user_id = local_days.user_id

)

select
    period_start,
    cast(count(case when active_days > 15 then 1 end) as double)
    / nullif(count(case when active_days > 0 then 1 end), 0) as value,
    cast(count(case when active_days > 15 and is_tenured = 1 then 1 end) as double)
    / nullif(count(case when active_days > 0 and is_tenured = 1 then 1 end), 0) as tenured_over_15,
    cast(count(case when calendar_active_days > 15 then 1 end) as double) / count(*) as calendar_over_15,
    cast(sum(active_days) as double) / nullif(count(case when active_days > 0 then 1 end), 0) as mean_days,
    cast(sum(local_active_days) as double) / nullif(count(case when active_days > 0 then 1 end), 0) as mean_local_days,
    cast(count(case when active_days = 1 then 1 end) as double) / nullif(count(case when active_days > 0 then 1 end), 0)
        as days_1,
    cast(count(case when active_days = 2 then 1 end) as double) / nullif(count(case when active_days > 0 then 1 end), 0)
        as days_2,
    cast(count(case when active_days = 3 then 1 end) as double) / nullif(count(case when active_days > 0 then 1 end), 0)
        as days_3,
    cast(count(case when active_days = 4 then 1 end) as double) / nullif(count(case when active_days > 0 then 1 end), 0)
        as days_4,
    cast(count(case when active_days = 5 then 1 end) as double) / nullif(count(case when active_days > 0 then 1 end), 0)
        as days_5,
    cast(count(case when active_days = 6 then 1 end) as double) / nullif(count(case when active_days > 0 then 1 end), 0)
        as days_6,
    cast(count(case when active_days = 7 then 1 end) as double) / nullif(count(case when active_days > 0 then 1 end), 0)
        as days_7,
    cast(count(case when active_days = 8 then 1 end) as double) / nullif(count(case when active_days > 0 then 1 end), 0)
        as days_8,
    cast(count(case when active_days = 9 then 1 end) as double) / nullif(count(case when active_days > 0 then 1 end), 0)
        as days_9,
    cast(count(case when active_days = 10 then 1 end) as double)
    / nullif(count(case when active_days > 0 then 1 end), 0)
        as days_10,
    cast(count(case when active_days = 11 then 1 end) as double)
    / nullif(count(case when active_days > 0 then 1 end), 0)
        as days_11,
    cast(count(case when active_days = 12 then 1 end) as double)
    / nullif(count(case when active_days > 0 then 1 end), 0)
        as days_12,
    cast(count(case when active_days = 13 then 1 end) as double)
    / nullif(count(case when active_days > 0 then 1 end), 0)
        as days_13,
    cast(count(case when active_days = 14 then 1 end) as double)
    / nullif(count(case when active_days > 0 then 1 end), 0)
        as days_14,
    cast(count(case when active_days = 15 then 1 end) as double)
    / nullif(count(case when active_days > 0 then 1 end), 0)
        as days_15,
    cast(count(case when active_days = 16 then 1 end) as double)
    / nullif(count(case when active_days > 0 then 1 end), 0)
        as days_16,
    cast(count(case when active_days = 17 then 1 end) as double)
    / nullif(count(case when active_days > 0 then 1 end), 0)
        as days_17,
    cast(count(case when active_days = 18 then 1 end) as double)
    / nullif(count(case when active_days > 0 then 1 end), 0)
        as days_18,
    cast(count(case when active_days = 19 then 1 end) as double)
    / nullif(count(case when active_days > 0 then 1 end), 0)
        as days_19,
    cast(count(case when active_days = 20 then 1 end) as double)
    / nullif(count(case when active_days > 0 then 1 end), 0)
        as days_20,
    cast(count(case when active_days = 21 then 1 end) as double)
    / nullif(count(case when active_days > 0 then 1 end), 0)
        as days_21,
    cast(count(case when active_days = 22 then 1 end) as double)
    / nullif(count(case when active_days > 0 then 1 end), 0)
        as days_22,
    cast(count(case when active_days = 23 then 1 end) as double)
    / nullif(count(case when active_days > 0 then 1 end), 0)
        as days_23,
    cast(count(case when active_days = 24 then 1 end) as double)
    / nullif(count(case when active_days > 0 then 1 end), 0)
        as days_24,
    cast(count(case when active_days = 25 then 1 end) as double)
    / nullif(count(case when active_days > 0 then 1 end), 0)
        as days_25,
    cast(count(case when active_days = 26 then 1 end) as double)
    / nullif(count(case when active_days > 0 then 1 end), 0)
        as days_26,
    cast(count(case when active_days = 27 then 1 end) as double)
    / nullif(count(case when active_days > 0 then 1 end), 0)
        as days_27,
    cast(count(case when active_days = 28 then 1 end) as double)
    / nullif(count(case when active_days > 0 then 1 end), 0)
        as days_28
from monthly_users
group by period_start
order by period_start
