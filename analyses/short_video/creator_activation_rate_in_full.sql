-- question: 2.1.1 Reels platform health and engagement
-- goal: Many users make reels of many kinds, and make them often.
-- metric: creator_activation_rate, users active in 28 days whose first reel lies in them / users active in them
--         (value) and / those of them who had published none before (of_eligible); users of the day with a first reel
--         in the 28 days / users of the day (of_dau)
-- trap: whoever published before the window was activated then: firsts come from the whole history; the more creators
--       there are, the fewer can become one
-- grain: day
with

sessions as (

    select
        user_id,
        session_id,
        cast(min(event_at) as date) as session_date
    from {{ ref('stg_short_video__user_session_start') }}
    group by user_id, session_id

),

active_days as (

    select distinct
        sessions.user_id,
        sessions.session_date as activity_date
    from sessions
    inner join {{ ref('stg_short_video__user_active_session_start') }} as active
        on
            sessions.user_id = active.user_id
            and sessions.session_id = active.session_id

),

firsts as (

    select
        user_id,
        cast(min(event_at) as date) as first_published_date
    from {{ ref('stg_short_video__reel_published') }}
    group by user_id

),

ends as (

    select
        activity_date as last_date,
        row_number() over (order by activity_date) as days_of_data
    from active_days
    group by activity_date

),

windows as (

    select
        ends.last_date,
        ends.days_of_data,
        active_days.user_id,
        firsts.first_published_date,
        max(case when active_days.activity_date = ends.last_date then 1 else 0 end) as is_there
    from ends
    inner join active_days
        on active_days.activity_date between ends.last_date - interval '27' day and ends.last_date
    left join firsts
        on
            active_days.user_id = firsts.user_id
            and ends.last_date >= firsts.first_published_date
    group by
        ends.last_date,
        ends.days_of_data,
        active_days.user_id,
        firsts.first_published_date

),

classes as (

    select
        last_date,
        days_of_data,
        is_there,
        case when first_published_date >= last_date - interval '27' day then 1 else 0 end as is_new,
        case when first_published_date < last_date - interval '27' day then 0 else 1 end as is_eligible
    from windows

)

select
    last_date as period_start,
    case when days_of_data >= 28 then cast(sum(is_new) as double) / nullif(count(*), 0) end as value,
    case when days_of_data >= 28 then cast(sum(is_new) as double) / nullif(sum(is_eligible), 0) end as of_eligible,
    cast(sum(is_new * is_there) as double) / nullif(sum(is_there), 0) as of_dau
from classes
group by
    last_date,
    days_of_data
order by last_date
