-- question: 3.1.1 Streaming engagement at platform, user and video level
-- goal: The base of subscribers is healthy, grows, and watches regularly.
-- metric: streaming_active_users, users who logged in or began a session on any of the 28 days that end on the day
--         (value), and users with a view (viewers)
-- grain: day
-- reads: the user-day fact
select
    ends.active_date as period_start,
    count(distinct case when days.is_active then days.user_id end) as value,
    -- trap: a television logs in by itself, so only a view makes a viewer
    count(distinct case when days.is_viewer then days.user_id end) as viewers
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
where ends.days_of_data >= 28
group by ends.active_date
order by period_start
