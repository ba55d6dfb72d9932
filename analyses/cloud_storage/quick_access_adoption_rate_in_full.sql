-- question: 4.1.1 Quick Access ML suggestions
-- goal: Users take up Quick Access and come back to it often.
-- metric: quick_access_adoption_rate, users who first click within 14 days of their first list / users whose 14 days
--         are over, and users who have clicked by now / users (so_far), by the week of the first list
-- trap: so_far gives old cohorts months and the last one days, so adoption seems to fall from week to week, always
-- note: the last day of the log is the last on which an open arrived; who clicked before the first list in the log has
--       seen lists before it and is left out
-- grain: cohort
with

log_end as (

    select cast(max(received_at) as date) as open_day
    from {{ ref('stg_cloud_storage__file_opened') }}

),

first_lists as (

    select
        user_id,
        min(event_at) as shown_at
    from {{ ref('stg_cloud_storage__quick_access_impression') }}
    group by user_id

),

first_clicks as (

    select
        user_id,
        min(event_at) as clicked_at
    from {{ ref('stg_cloud_storage__user_first_quick_access_click') }}
    group by user_id

),

users as (

    select
        first_lists.shown_at,
        first_clicks.clicked_at,
        case when cast(first_lists.shown_at as date) < log_end.open_day - interval '14' day then 1 end as is_over
    from first_lists
    cross join log_end
    left join first_clicks
        on first_lists.user_id = first_clicks.user_id
    where
        first_clicks.clicked_at is null
        or first_clicks.clicked_at >= first_lists.shown_at

)

select
    cast(date_trunc('week', shown_at) as date) as period_start,
    cast(sum(case when clicked_at < shown_at + interval '14' day then is_over else 0 end) as double)
    / sum(is_over) as value,
    cast(count(clicked_at) as double) / count(*) as so_far
from users
group by cast(date_trunc('week', shown_at) as date)
order by period_start
