-- question: 5.1.1 Stickiness beyond DAU/MAU
-- goal: Who stays, who leaves, who comes back and who changes habits is known.
-- metric: day_n_retention, users who come back on day 1, 7 and 30 after their first active day / users (d1, d7, d30;
--         value is d7), on any of the days 1 to 4, 4 to 10 and 27 to 33 (d1_around, d7_around, d30_around), on day 7
--         / users whether it is over or not (d7_so_far), and users whose day is not over / users (d1_pending,
--         d7_pending, d30_pending), by the week of the first day
-- trap: divided by users whose day has not come, the newest cohorts are always the worst; on day 7 is not on day 7 or
--       later
-- note: 30 active events of a day that are all at one or two seconds of the minute are a script's; the log begins
--       with the product, so a first active day is a signup
-- grain: cohort
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

log_end as (

    select cast(max(received_at) as date) as open_day
    from {{ ref('stg_stickiness__user_active_event') }}

),

first_days as (

    select
        user_id,
        min(active_date) as first_date
    from active_days
    group by user_id

),

users as (

    select
        first_days.user_id,
        first_days.first_date,
        log_end.open_day,
        cast(date_trunc('week', first_days.first_date) as date) as period_start,
        max(case
            when
                active_days.active_date between first_days.first_date + interval '1' day
                and first_days.first_date + interval '1' day
                then 1
            else 0
        end) as is_d1,
        max(case
            when
                active_days.active_date between first_days.first_date + interval '7' day
                and first_days.first_date + interval '7' day
                then 1
            else 0
        end) as is_d7,
        max(case
            when
                active_days.active_date between first_days.first_date + interval '30' day
                and first_days.first_date + interval '30' day
                then 1
            else 0
        end) as is_d30,
        max(case
            when
                active_days.active_date between first_days.first_date + interval '1' day
                and first_days.first_date + interval '4' day
                then 1
            else 0
        end) as is_d1_around,
        max(case
            when
                active_days.active_date between first_days.first_date + interval '4' day
                and first_days.first_date + interval '10' day
                then 1
            else 0
        end) as is_d7_around,
        max(case
            when
                active_days.active_date between first_days.first_date + interval '27' day
                and first_days.first_date + interval '33' day
                then 1
            else 0
        end) as is_d30_around
    from first_days
    inner join active_days on first_days.user_id = active_days.user_id
    cross join log_end
    group by
        first_days.user_id,
        first_days.first_date,
        log_end.open_day

)

select
    period_start,
    case
        when period_start + interval '7' day < max(open_day) then cast(sum(is_d1) as double) / count(*)
    end as d1,
    case
        when period_start + interval '13' day < max(open_day) then cast(sum(is_d7) as double) / count(*)
    end as d7,
    case
        when period_start + interval '13' day < max(open_day) then cast(sum(is_d7) as double) / count(*)
    end as value,
    case
        when period_start + interval '36' day < max(open_day) then cast(sum(is_d30) as double) / count(*)
    end as d30,
    case
        when period_start + interval '10' day < max(open_day) then cast(sum(is_d1_around) as double) / count(*)
    end as d1_around,
    case
        when period_start + interval '16' day < max(open_day) then cast(sum(is_d7_around) as double) / count(*)
    end as d7_around,
    case
        when period_start + interval '39' day < max(open_day) then cast(sum(is_d30_around) as double) / count(*)
    end as d30_around,
    cast(sum(is_d7) as double) / count(*) as d7_so_far,
    cast(count(case when first_date + interval '1' day >= open_day then 1 end) as double) / count(*)
        as d1_pending,
    cast(count(case when first_date + interval '7' day >= open_day then 1 end) as double) / count(*)
        as d7_pending,
    cast(count(case when first_date + interval '30' day >= open_day then 1 end) as double) / count(*)
        as d30_pending
from users
group by period_start
order by period_start
