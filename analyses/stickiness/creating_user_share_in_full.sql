-- question: 5.1.1 Stickiness beyond DAU/MAU
-- goal: What users do when they come, and how much of it, is known.
-- metric: creating_user_share, users who create something / users active on the day (value), and users who create a
--         post / users (posts_only)
-- trap: the share of the month is not the mean of its days; with comments nearly everybody creates
-- note: 30 active events of a day that are all at one or two seconds of the minute are a script's
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

acts as (

    select
        user_id,
        cast(event_at as date) as act_date,
        count(case when creation_type = 'post' then 1 end) as special
    from {{ ref('stg_stickiness__content_created') }}
    group by
        user_id,
        cast(event_at as date)

)

select
    active_days.active_date as period_start,
    cast(count(acts.user_id) as double) / count(*) as value,
    cast(count(case when acts.special > 0 then 1 end) as double) / count(*) as posts_only
from active_days
left join acts
    on
        active_days.user_id = acts.user_id
        and active_days.active_date = acts.act_date
group by active_days.active_date
order by period_start
