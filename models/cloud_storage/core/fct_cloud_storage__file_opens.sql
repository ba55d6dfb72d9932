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
    from {{ ref('stg_cloud_storage__file_opened') }} as opens
    inner join {{ ref('fct_cloud_storage__user_actions') }} as actions
        on
            opens.event_id = actions.action_id
            and actions.action = 'open'

),

-- Before the exposure, so that the variant cannot move a file into or out of the set.
commonly_used_files as (

    select
        opens.user_id,
        opens.file_id
    from opens
    inner join {{ ref('dim_cloud_storage__users') }} as known_users
        on opens.user_id = known_users.user_id
    where
        opens.opened_at < known_users.exposed_at
        and opens.opened_at >= {{ dbt.dateadd('day', -28, 'known_users.exposed_at') }}
    group by
        opens.user_id,
        opens.file_id
    having count(distinct opens.open_date) >= 2

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
    commonly_used_files.file_id is not null as is_commonly_used_file
from opens
inner join {{ ref('dim_cloud_storage__users') }} as known_users
    on opens.user_id = known_users.user_id
left join commonly_used_files
    on
        opens.user_id = commonly_used_files.user_id
        and opens.file_id = commonly_used_files.file_id
