-- question: 2.1.4 Dashboard of the effect of Reels on other features
-- goal: What other features lose to Reels, or gain by them, is known apart from the season and from who uses them.
-- metric: feature_engagement_rate, likes, comments and shares / views (value), and users of a feature who engage in
--         it / users of it, summed over days and features (engaged_user_days)
-- trap: over all features the mix is in it: one that is viewed much and liked little lowers it
-- grain: week
with

sessions as (

    select
        user_id,
        session_id,
        cast(min(event_at) as date) as session_date
    from {{ ref('stg_short_video__user_session_start') }}
    group by user_id, session_id

),

things_done as (

    select
        user_id,
        session_id,
        feature_name,
        interaction_type,
        time_spent_on_interaction_ms as spent_ms
    from {{ ref('stg_short_video__feature_interaction') }}
    union all
    select
        user_id,
        session_id,
        feature_name,
        'creation' as interaction_type,
        0 as spent_ms
    from {{ ref('stg_short_video__content_creation') }}

),

feature_days as (

    select
        sessions.user_id,
        sessions.session_date,
        things_done.feature_name,
        count(case when things_done.interaction_type = 'view' then 1 end) as views,
        count(case when things_done.interaction_type in ('like', 'comment', 'share') then 1 end) as engagements
    from sessions
    inner join things_done
        on
            sessions.user_id = things_done.user_id
            and sessions.session_id = things_done.session_id
    group by
        sessions.user_id,
        sessions.session_date,
        things_done.feature_name

)

select
    cast(date_trunc('week', session_date) as date) as period_start,
    cast(sum(engagements) as double) / nullif(sum(views), 0) as value,
    cast(count(case when engagements > 0 then 1 end) as double) / nullif(count(*), 0) as engaged_user_days
from feature_days
group by cast(date_trunc('week', session_date) as date)
order by period_start
