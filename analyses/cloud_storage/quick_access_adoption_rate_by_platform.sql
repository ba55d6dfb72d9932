-- question: 4.1.1 Quick Access ML suggestions
-- goal: Users take up Quick Access and come back to it often.
-- metric: quick_access_adoption_rate by platform, users who first click within 14 days of their first list / users
--         whose 14 days are over
-- grain: cohort
with lists as (
    select
        user_id,
        platform,
        event_at as shown_at,
        -- The first list says which platform a user belongs to.
        row_number() over (partition by user_id order by event_at, event_id) as place
    from {{ ref('stg_cloud_storage__quick_access_impression') }}
),

log_end as (
    select cast(max(received_at) as date) as open_day from {{ ref('stg_cloud_storage__file_opened') }}
)

select
    lists.platform,
    cast(date_trunc('week', lists.shown_at) as date) as period_start,
    cast(count(case when clicks.event_at < lists.shown_at + interval '14' day then 1 end) as double) / count(*) as value
from lists
-- trap: without the same 14 days for all, old cohorts have months and the last one days, and adoption seems to fall
inner join log_end on cast(lists.shown_at as date) < log_end.open_day - interval '14' day
left join {{ ref('stg_cloud_storage__user_first_quick_access_click') }} as clicks on lists.user_id = clicks.user_id
where lists.place = 1 and (clicks.event_at is null or clicks.event_at >= lists.shown_at)
group by lists.platform, cast(date_trunc('week', lists.shown_at) as date)
order by period_start, lists.platform
