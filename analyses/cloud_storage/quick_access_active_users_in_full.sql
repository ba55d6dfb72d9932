-- question: 4.1.1 Quick Access ML suggestions
-- goal: Users take up Quick Access and come back to it often.
-- metric: quick_access_active_users, distinct users with a click in the trailing 1 (dau), 7 (wau) and 28 (mau) days,
--         dau / mau, and users with a click / users who did anything on the day (share_of_active_users)
-- trap: divided by users who were shown a list, the share says nothing about the platform; 28 days reach back 27
-- note: a click without its impression does not count; somebody does something every day; where that is not so,
--       take the days from a calendar table
-- grain: day
with

clicks as (

    select
        clicks.user_id,
        clicks.event_at
    from {{ ref('stg_cloud_storage__quick_access_click') }} as clicks
    inner join {{ ref('stg_cloud_storage__quick_access_impression') }} as impressions
        on
            clicks.impression_id = impressions.impression_id
            and clicks.user_id = impressions.user_id

),

actions as (

    select
        user_id,
        event_at
    from {{ ref('stg_cloud_storage__quick_access_impression') }}
    union all
    select
        user_id,
        event_at
    from clicks
    union all
    select
        user_id,
        event_at
    from {{ ref('stg_cloud_storage__search_query_executed') }}
    union all
    select
        user_id,
        event_at
    from {{ ref('stg_cloud_storage__navigation_action') }}
    union all
    select
        user_id,
        event_at
    from {{ ref('stg_cloud_storage__file_opened') }}

),

days as (

    select
        cast(event_at as date) as active_date,
        count(distinct user_id) as active_users,
        row_number() over (order by cast(event_at as date)) as days_of_data
    from actions
    group by cast(event_at as date)

),

click_days as (

    select distinct
        user_id,
        cast(event_at as date) as click_date
    from clicks

),

trailing_users as (

    select
        days.active_date,
        days.active_users,
        count(distinct case when click_days.click_date = days.active_date then click_days.user_id end) as dau,
        case
            when days.days_of_data >= 7
                then count(distinct case
                    when click_days.click_date >= days.active_date - interval '6' day then click_days.user_id
                end)
        end as wau,
        case when days.days_of_data >= 28 then count(distinct click_days.user_id) end as mau
    from days
    left join click_days
        on click_days.click_date between days.active_date - interval '27' day and days.active_date
    group by
        days.active_date,
        days.active_users,
        days.days_of_data

)

select
    active_date as period_start,
    dau,
    wau,
    mau,
    cast(dau as double) / nullif(mau, 0) as dau_over_mau,
    cast(dau as double) / active_users as share_of_active_users
from trailing_users
order by period_start
