-- question: 5.1.1 Stickiness beyond DAU/MAU
-- goal: Who stays, who leaves, who comes back and who changes habits is known.
-- metric: rolling_window_retention, users of a week who were active in the week before / users of the week before
--         (value), how many users are active, new, retained, resurrected and churned (active, new_users, retained,
--         resurrected, churned), (new + resurrected) / churned (quick_ratio), and those who may come yet / users of
--         the week before (pending)
-- trap: weeks that overlap keep everybody who came once; who comes back after a week away is resurrected and not new
-- note: 30 active events of a day that are all at one or two seconds of the minute are a script's
-- grain: week
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

user_weeks as (

    select
        user_id,
        cast(date_trunc('week', active_date) as date) as active_week,
        min(min(active_date)) over (partition by user_id) as first_date
    from active_days
    group by
        user_id,
        cast(date_trunc('week', active_date) as date)

),

sides as (

    select
        user_id,
        active_week as period_start,
        1 as is_active,
        0 as was_active,
        case when first_date >= active_week then 1 else 0 end as is_new
    from user_weeks
    union all
    select
        user_id,
        cast(active_week + interval '7' day as date) as period_start,
        0 as is_active,
        1 as was_active,
        0 as is_new
    from user_weeks

),

users as (

    select
        user_id,
        period_start,
        max(is_active) as is_active,
        max(was_active) as was_active,
        max(is_new) as is_new
    from sides
    group by
        user_id,
        period_start

)

select
    users.period_start,
    cast(sum(users.is_active * users.was_active) as double) / nullif(sum(users.was_active), 0) as value,
    sum(users.is_active) as active,
    sum(users.is_new) as new_users,
    sum(users.is_active * users.was_active) as retained,
    sum(users.is_active * (1 - users.was_active) * (1 - users.is_new)) as resurrected,
    sum(users.was_active * (1 - users.is_active)) as churned,
    cast(sum(users.is_active * (1 - users.was_active)) as double)
    / nullif(sum(users.was_active * (1 - users.is_active)), 0) as quick_ratio,
    cast(sum(case
        when users.period_start + interval '6' day >= log_end.open_day then users.was_active * (1 - users.is_active)
        else 0
    end) as double) / nullif(sum(users.was_active), 0) as pending
from users
cross join log_end
where users.period_start <= log_end.open_day
group by users.period_start
order by users.period_start
