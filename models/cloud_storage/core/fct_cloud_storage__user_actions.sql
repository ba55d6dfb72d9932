with

-- In the order of their columns where two have the same second: what is shown comes before what is done with it.
logged_actions as (

    select
        event_id as action_id,
        'variant_lookup' as action,
        1 as order_within_second,
        user_id,
        session_id,
        cast(null as {{ engine_type('string') }}) as file_id,
        event_at,
        received_at,
        platform,
        country
    from {{ recent(ref('stg_cloud_storage__experiment_assignment')) }}
    union all
    select
        impression_id as action_id,
        'impression' as action,
        2 as order_within_second,
        user_id,
        session_id,
        cast(null as {{ engine_type('string') }}) as file_id,
        shown_at as event_at,
        received_at,
        platform,
        country
    from {{ recent(ref('fct_cloud_storage__impressions')) }}
    union all
    select
        click_id as action_id,
        'click' as action,
        3 as order_within_second,
        user_id,
        session_id,
        file_id,
        clicked_at as event_at,
        received_at,
        platform,
        country
    from {{ recent(ref('fct_cloud_storage__clicks')) }}
    union all
    select
        event_id as action_id,
        'search' as action,
        3 as order_within_second,
        user_id,
        session_id,
        cast(null as {{ engine_type('string') }}) as file_id,
        event_at,
        received_at,
        platform,
        country
    from {{ recent(ref('stg_cloud_storage__search_query_executed')) }}
    union all
    select
        event_id as action_id,
        'navigation' as action,
        3 as order_within_second,
        user_id,
        session_id,
        cast(null as {{ engine_type('string') }}) as file_id,
        event_at,
        received_at,
        platform,
        country
    from {{ recent(ref('stg_cloud_storage__navigation_action')) }}
    union all
    select
        event_id as action_id,
        'open' as action,
        4 as order_within_second,
        user_id,
        session_id,
        file_id,
        event_at,
        received_at,
        platform,
        country
    from {{ recent(ref('stg_cloud_storage__file_opened')) }}

),

-- A task ends with an open; what follows the last open of a session is a task that was given up.
numbered as (

    select
        *,
        row_number() over (
            partition by user_id, session_id
            order by event_at, order_within_second, action_id
        ) as action_number,
        lag(event_at) over (
            partition by user_id, session_id
            order by event_at, order_within_second, action_id
        ) as previous_action_at,
        coalesce(sum(case when action = 'open' then 1 else 0 end) over (
            partition by user_id, session_id
            order by event_at, order_within_second, action_id
            rows between unbounded preceding and 1 preceding
        ), 0) as task_number
    from logged_actions

)

select
    action,
    action_id,
    user_id,
    session_id,
    file_id,
    event_at as acted_at,
    received_at,
    cast(event_at as date) as action_date,
    platform,
    coalesce(country, 'unknown') as country,
    action_number = 1 as is_session_start,
    previous_action_at,
    cast(task_number as {{ engine_type('integer') }}) as task_number,
    min(event_at) over (partition by user_id, session_id, task_number) as task_started_at,
    action_number = min(action_number) over (partition by user_id, session_id, task_number) as is_task_start,
    max(case when action = 'open' then 1 else 0 end) over (
        partition by user_id, session_id, task_number
    ) = 1 as is_before_open
from numbered
{{ in_order_of('action_date') }}
