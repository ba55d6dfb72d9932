-- question: 4.1.1 Quick Access ML suggestions
-- goal: The files that Quick Access suggests are the ones that users need now.
-- metric: quick_access_open_conversion, opens from Quick Access / clicks, and clicks followed by an open of that file /
--         clicks (followed_by_open)
-- trap: a tab that is restored logs an open without a click, a file that is gone takes a click without an open, and the
--       two cancel out in the first; the target is on the second
-- note: opens and clicks count on their own day; a click without its impression does not count
-- grain: week
with

opens as (

    select
        user_id,
        session_id,
        file_id,
        event_at as opened_at
    from {{ ref('stg_cloud_storage__file_opened') }}
    where open_method = 'quick_access'

),

clicks as (

    select
        clicks.event_id,
        clicks.event_at as clicked_at,
        max(case when opens.file_id is not null then 1 else 0 end) as is_followed
    from {{ ref('stg_cloud_storage__quick_access_click') }} as clicks
    inner join {{ ref('stg_cloud_storage__quick_access_impression') }} as impressions
        on
            clicks.impression_id = impressions.impression_id
            and clicks.user_id = impressions.user_id
    left join opens
        on
            clicks.user_id = opens.user_id
            and clicks.session_id = opens.session_id
            and clicks.clicked_file_id = opens.file_id
            and opens.opened_at between clicks.event_at and clicks.event_at + interval '5' minute
    group by
        clicks.event_id,
        clicks.event_at

),

counted as (

    select
        clicked_at as counted_at,
        1 as clicks,
        is_followed,
        0 as opens
    from clicks
    union all
    select
        opened_at as counted_at,
        0 as clicks,
        0 as is_followed,
        1 as opens
    from opens

)

select
    cast(date_trunc('week', counted_at) as date) as period_start,
    cast(sum(opens) as double) / nullif(sum(clicks), 0) as value,
    cast(sum(is_followed) as double) / nullif(sum(clicks), 0) as followed_by_open
from counted
group by cast(date_trunc('week', counted_at) as date)
order by period_start
