with

sessions as (

    select *
    from {{ recent(ref('fct_short_video__sessions')) }}

),

things_done as (

    select
        user_id,
        session_id,
        event_at,
        feature_name,
        interaction_type,
        time_spent_on_interaction_ms as spent_ms,
        0 as creations
    from {{ recent(ref('stg_short_video__feature_interaction')) }}
    union all
    -- The server knows what was created, however often a client tried.
    select
        user_id,
        session_id,
        event_at,
        feature_name,
        cast(null as {{ engine_type('string') }}) as interaction_type,
        0 as spent_ms,
        1 as creations
    from {{ recent(ref('stg_short_video__content_creation')) }}

)

select
    sessions.session_key,
    sessions.user_id,
    sessions.session_date,
    sessions.platform,
    sessions.country,
    sessions.reels_group,
    sessions.launch_phase,
    things_done.feature_name,
    coalesce(cast(sum(things_done.spent_ms) as {{ engine_type('double') }}), 0) as spent_ms,
    count(case when things_done.interaction_type = 'view' then 1 end) as views,
    count(case when things_done.interaction_type in ('like', 'comment', 'share') then 1 end) as engagements,
    cast(sum(things_done.creations) as bigint) as creations
from things_done
inner join sessions
    on
        things_done.user_id = sessions.user_id
        and things_done.session_id = sessions.session_id
        and {{ happened_near('things_done.event_at', 'sessions.session_date') | indent(8) }}
group by
    sessions.session_key,
    sessions.user_id,
    sessions.session_date,
    sessions.platform,
    sessions.country,
    sessions.reels_group,
    sessions.launch_phase,
    things_done.feature_name
{{ in_order_of('sessions.session_date') }}
