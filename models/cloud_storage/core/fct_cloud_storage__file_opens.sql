with

opens as (

    select
        opens.event_id as open_id,
        opens.user_id,
        opens.session_id,
        opens.file_id,
        opens.open_method,
        opens.event_at as opened_at,
        opens.received_at,
        actions.action_date as open_date,
        opens.platform,
        actions.country,
        actions.previous_action_at,
        case when not actions.is_task_start then actions.task_started_at end as task_started_at
    from {{ recent(ref('stg_cloud_storage__file_opened'), days_before=0) }} as opens
    inner join {{ recent(ref('fct_cloud_storage__user_actions'), days_before=0) }} as actions
        on
            opens.event_id = actions.action_id
            and actions.action = 'open'

)

select
    opens.open_id,
    opens.user_id,
    opens.session_id,
    opens.file_id,
    opens.open_method,
    opens.opened_at,
    opens.received_at,
    opens.open_date,
    opens.platform,
    opens.country,
    case when opens.opened_at >= known_users.exposed_at then known_users.variant end as variant,
    opens.task_started_at,
    {{ seconds_between('opens.task_started_at', 'opens.opened_at') }} as seconds_from_task_start,
    {{ seconds_between('opens.previous_action_at', 'opens.opened_at') }} as seconds_from_previous_action,
    -- Only since the exposure: on the days before it nobody could know.
    commonly_used_files.file_id is not null
    and opens.opened_at >= known_users.exposed_at as is_commonly_used_file
from opens
inner join {{ ref('dim_cloud_storage__users') }} as known_users
    on opens.user_id = known_users.user_id
left join {{ ref('fct_cloud_storage__commonly_used_files') }} as commonly_used_files
    on
        opens.user_id = commonly_used_files.user_id
        and opens.file_id = commonly_used_files.file_id
{{ in_order_of('opens.open_date') }}
