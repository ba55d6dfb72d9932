with

exposed_users as (

    select *
    from {{ ref('dim_cloud_storage__users') }}
    where variant is not null

),

action_counts as (

    select
        actions.user_id,
        actions.action_date,
        count(case when actions.action = 'search' then 1 end) as searches,
        count(case when actions.action = 'navigation' then 1 end) as navigation_actions,
        count(case when actions.action = 'navigation' and actions.is_before_open then 1 end)
            as navigation_actions_before_open,
        count(case when actions.action = 'open' then 1 end) as files_opened,
        count(case when actions.is_session_start then 1 end) as sessions
    from {{ recent(ref('fct_cloud_storage__user_actions'), days_before=0) }} as actions
    inner join exposed_users
        on actions.user_id = exposed_users.user_id
    where actions.acted_at >= exposed_users.exposed_at
    group by
        actions.user_id,
        actions.action_date

)

-- Every day from the exposure on, with zeros where nothing was done: who stays away counts too.
select
    exposed_users.user_id,
    dates.date_day as exposed_date,
    exposed_users.variant,
    exposed_users.exposed_platform as platform,
    exposed_users.exposed_country as country,
    coalesce(action_counts.searches, 0) as searches,
    coalesce(action_counts.navigation_actions, 0) as navigation_actions,
    coalesce(action_counts.navigation_actions_before_open, 0) as navigation_actions_before_open,
    coalesce(action_counts.files_opened, 0) as files_opened,
    coalesce(action_counts.sessions, 0) as sessions
from exposed_users
inner join {{ recent(ref('dim_cloud_storage__dates'), 'date_day', days_before=0) }} as dates
    on dates.date_day >= cast(exposed_users.exposed_at as date)
left join action_counts
    on
        exposed_users.user_id = action_counts.user_id
        and dates.date_day = action_counts.action_date
{{ in_order_of('exposed_date') }}
