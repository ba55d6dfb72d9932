-- A client logs some views only, and says for how many each of them stands.
with

views_of_sessions as (

    select
        user_id || ' ' || session_id as session_key,
        sum(views_represented) as views
    from {{ ref('fct_short_video__plays') }}
    group by user_id || ' ' || session_id

)

select
    sessions.session_key,
    sessions.reels_viewed,
    views_of_sessions.views
from {{ ref('fct_short_video__sessions') }} as sessions
inner join views_of_sessions
    on sessions.session_key = views_of_sessions.session_key
where
    sessions.reels_summaries > 0
    and sessions.reels_viewed <> views_of_sessions.views
