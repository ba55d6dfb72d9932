-- question: 4.1.1 Quick Access ML suggestions
-- goal: Users take up Quick Access and come back to it often.
-- metric: quick_access_adoption_rate, users who first click within 14 days of their first list / users whose 14 days
--         are over, by the week of the first list
-- grain: cohort
with users as (
    select
        lists.user_id,
        min(lists.event_at) as shown_at,
        min(clicks.event_at) as clicked_at
    from {{ ref('stg_cloud_storage__quick_access_impression') }} as lists
    left join {{ ref('stg_cloud_storage__user_first_quick_access_click') }} as clicks on lists.user_id = clicks.user_id
    group by lists.user_id
),

log_end as (
    select cast(max(received_at) as date) as open_day from {{ ref('stg_cloud_storage__file_opened') }}
)

select
    cast(date_trunc('week', users.shown_at) as date) as period_start,
    cast(count(case when users.clicked_at < users.shown_at + interval '14' day then 1 end) as double)
    / count(*) as value
from users
-- trap: without the same 14 days for all, old cohorts have months and the last one days, and adoption seems to fall
inner join log_end on cast(users.shown_at as date) < log_end.open_day - interval '14' day
-- Who clicked before the first list in the log had seen one before it.
where users.clicked_at is null or users.clicked_at >= users.shown_at
group by cast(date_trunc('week', users.shown_at) as date)
order by period_start
