-- question: 3.1.1 Streaming engagement at platform, user and video level
-- goal: The base of subscribers is healthy, grows, and watches regularly.
-- metric: streaming_stickiness, users of the day / users of the 28 days that end with it (value), and the mean daily
--         users of these 28 days / the same (mean_dau_over_mau)
-- trap: one day has its weekday in it, 28 days have four of each
-- note: somebody is active every day; where that is not so, take the days from a calendar table
-- grain: day
with

active_days as (

    select
        user_id,
        cast(event_at as date) as activity_date
    from {{ ref('stg_streaming__user_login_success') }}
    union distinct
    select
        user_id,
        cast(event_at as date) as activity_date
    from {{ ref('stg_streaming__streaming_session_start') }}

),

ends as (

    select
        activity_date as active_date,
        row_number() over (order by activity_date) as days_of_data
    from active_days
    group by activity_date

)

select
    ends.active_date as period_start,
    cast(count(distinct case when days.activity_date = ends.active_date then days.user_id end) as double)
    / nullif(count(distinct days.user_id), 0) as value,
    cast(count(*) as double) / nullif(28 * count(distinct days.user_id), 0) as mean_dau_over_mau
from ends
inner join active_days as days
    on
        ends.active_date >= days.activity_date
        and days.activity_date > ends.active_date - interval '28' day
where ends.days_of_data >= 28
group by ends.active_date
order by period_start
