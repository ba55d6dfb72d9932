-- question: 5.1.1 Stickiness beyond DAU/MAU
-- goal: Who stays, who leaves, who comes back and who changes habits is known.
-- metric: resurrection_rate, users who come back in the month / users who were away for 28 days or more when it began
--         (value), of those away for up to 56 days (of_dormant) and for longer (of_gone), and users who come back /
--         users active in the month (of_active)
-- trap: divided by who is active now, it rises when newcomers stay away; the stock of all who ever left only grows
-- note: 30 active events of a day that are all at one or two seconds of the minute are a script's
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

users as (

    select
        months.period_start,
        active_days.user_id,
        min(active_days.active_date) as first_date,
        max(case when active_days.active_date < months.period_start then active_days.active_date end) as last_date,
        max(case when active_days.active_date >= months.period_start then 1 else 0 end) as is_active
    from active_days
    inner join months on active_days.active_date < months.cutoff
    group by
        months.period_start,
        active_days.user_id

),

idle_users as (

    select
        period_start,
        is_active,
        case
            when last_date >= period_start - interval '28' day then 'active'
            when last_date >= period_start - interval '56' day then 'dormant'
            when last_date is not null then 'gone'
        end as user_state
    from users

)

select
    period_start,
    cast(count(case when user_state in ('dormant', 'gone') and is_active = 1 then 1 end) as double)
    / nullif(count(case when user_state in ('dormant', 'gone') then 1 end), 0) as value,
    cast(count(case when user_state = 'dormant' and is_active = 1 then 1 end) as double)
    / nullif(count(case when user_state = 'dormant' then 1 end), 0) as of_dormant,
    cast(count(case when user_state = 'gone' and is_active = 1 then 1 end) as double)
    / nullif(count(case when user_state = 'gone' then 1 end), 0) as of_gone,
    cast(count(case when user_state in ('dormant', 'gone') and is_active = 1 then 1 end) as double)
    / nullif(sum(is_active), 0) as of_active
from idle_users
group by period_start
order by period_start
