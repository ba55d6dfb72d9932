-- question: 4.1.1 Quick Access ML suggestions
-- goal: Users find files in less time and with fewer steps than without it.
-- metric: time_to_file_open, seconds from the step before / opens, from the start of the task / opens
--         (from_task_start), and the latter for files in common use before the exposure (commonly_used_files), for all
--         variants and each
-- trap: from the step before, a hunt through six folders takes as long as its last click; and Quick Access suggests
--       the easy files, so only the variants compare, over all opens
-- note: a task is the steps of a session up to and with an open; an open with which the session starts has no time, and
--       one that follows another open at once has none from the start of its task
-- grain: week
with

ranked_exposures as (

    select
        user_id,
        variant,
        event_at as exposed_at,
        row_number() over (partition by user_id order by event_at, variant) as exposure_number
    from {{ ref('stg_cloud_storage__experiment_assignment') }}
    where
        experiment_id = 'quick_access_home_panel'
        and is_exposure

),

exposures as (

    select
        user_id,
        variant,
        exposed_at
    from ranked_exposures
    where exposure_number = 1

),

steps as (

    select
        user_id,
        session_id,
        event_at
    from {{ ref('stg_cloud_storage__experiment_assignment') }}
    union all
    select
        user_id,
        session_id,
        event_at
    from {{ ref('stg_cloud_storage__quick_access_impression') }}
    union all
    select
        clicks.user_id,
        clicks.session_id,
        clicks.event_at
    from {{ ref('stg_cloud_storage__quick_access_click') }} as clicks
    inner join {{ ref('stg_cloud_storage__quick_access_impression') }} as impressions
        on
            clicks.impression_id = impressions.impression_id
            and clicks.user_id = impressions.user_id
    union all
    select
        user_id,
        session_id,
        event_at
    from {{ ref('stg_cloud_storage__search_query_executed') }}
    union all
    select
        user_id,
        session_id,
        event_at
    from {{ ref('stg_cloud_storage__navigation_action') }}

),

opens as (

    select
        user_id,
        session_id,
        event_id,
        file_id,
        event_at as opened_at,
        lag(event_at) over (partition by user_id, session_id order by event_at, event_id) as previous_open_at
    from {{ ref('stg_cloud_storage__file_opened') }}

),

tasks as (

    select
        opens.user_id,
        opens.file_id,
        opens.opened_at,
        min(steps.event_at) as started_at,
        coalesce(max(steps.event_at), opens.previous_open_at) as stepped_at
    from opens
    left join steps
        on
            opens.user_id = steps.user_id
            and opens.session_id = steps.session_id
            and opens.opened_at >= steps.event_at
            and (opens.previous_open_at is null or opens.previous_open_at < steps.event_at)
    group by
        opens.user_id,
        opens.event_id,
        opens.file_id,
        opens.opened_at,
        opens.previous_open_at

),

common_files as (

    select
        exposures.user_id,
        opens.file_id
    from exposures
    inner join opens
        on exposures.user_id = opens.user_id
    where
        opens.opened_at < exposures.exposed_at
        and opens.opened_at + interval '28' day >= exposures.exposed_at
    group by
        exposures.user_id,
        opens.file_id
    having count(distinct cast(opens.opened_at as date)) >= 2

),

exposed_tasks as (

    select
        exposures.variant,
        tasks.opened_at,
        tasks.started_at,
        tasks.stepped_at,
        case when common_files.file_id is not null then tasks.started_at end as common_started_at
    from exposures
    inner join tasks
        on
            exposures.user_id = tasks.user_id
            and exposures.exposed_at <= tasks.opened_at
    left join common_files
        on
            tasks.user_id = common_files.user_id
            and tasks.file_id = common_files.file_id

),

timed_opens as (

    select
        variant,
        cast(date_trunc('week', opened_at) as date) as period_start,
        extract(epoch from opened_at - stepped_at) as step_seconds,
        extract(epoch from opened_at - started_at) as task_seconds,
        extract(epoch from opened_at - common_started_at) as common_task_seconds
    from exposed_tasks

)

select
    timed_opens.period_start,
    coalesce(timed_opens.variant, 'all') as variant,
    avg(timed_opens.step_seconds) as value,
    avg(timed_opens.task_seconds) as from_task_start,
    avg(timed_opens.common_task_seconds) as commonly_used_files
from timed_opens
group by
    grouping sets (
        (timed_opens.period_start),
        (timed_opens.period_start, timed_opens.variant)
    )
order by timed_opens.period_start
