-- question: 3.1.1 Streaming engagement at platform, user and video level
-- goal: The base of subscribers is healthy, grows, and watches regularly.
-- metric: streaming_stickiness by platform, users of the day / users of the 28 days that end with it
-- grain: day
-- reads: the user-day fact
select
    ends.active_date as period_start,
    days.platform,
    -- trap: one day has its weekday in it; mean_dau_over_mau, in full, has four of each
    cast(count(distinct case when days.activity_date = ends.active_date then days.user_id end) as double)
    / nullif(count(distinct days.user_id), 0) as value
from (
    select
        activity_date as active_date,
        row_number() over (order by activity_date) as days_of_data
    from {{ ref('fct_streaming__user_days') }}
    group by activity_date
) as ends
inner join {{ ref('fct_streaming__user_days') }} as days
    on
        ends.active_date >= days.activity_date
        and days.activity_date > ends.active_date - interval '28' day
where days.is_active and ends.days_of_data >= 28
group by ends.active_date, days.platform
order by period_start, days.platform
