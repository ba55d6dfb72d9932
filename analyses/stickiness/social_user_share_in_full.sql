-- question: 5.1.1 Stickiness beyond DAU/MAU
-- goal: What users do when they come, and how much of it, is known.
-- metric: social_user_share, users with a social interaction / users active on the day (value), and users whose
--         interaction is with another user / users (with_somebody)
-- trap: the share of the month is not the mean of its days; a like is of a post and meets nobody
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
        count(target_user_id) as special
    from {{ ref('stg_stickiness__social_interaction') }}
    group by
        user_id,
        cast(event_at as date)

)

select
    active_days.active_date as period_start,
    cast(count(acts.user_id) as double) / count(*) as value,
    cast(count(case when acts.special > 0 then 1 end) as double) / count(*) as with_somebody
from active_days
left join acts
    on
        active_days.user_id = acts.user_id
        and active_days.active_date = acts.act_date
group by active_days.active_date
order by period_start
