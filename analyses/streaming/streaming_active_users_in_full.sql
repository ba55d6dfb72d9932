-- question: 3.1.1 Streaming engagement at platform, user and video level
-- goal: The base of subscribers is healthy, grows, and watches regularly.
-- metric: streaming_active_users, users who logged in or began a session on any of the 28, 7 and 1 days that end on
--         the day (value, wau, dau), with a view on any of 28 (viewers), and with a feature (feature_users)
-- trap: a television logs in by itself, and 28 days reach back 27
-- note: somebody is active every day; where that is not so, take the days from a calendar table
-- grain: day
with

milestones as (

    select
        user_id,
        playback_id,
        max(event_at) as last_at,
        max(percentage_watched) as furthest_percent,
        max(watched_ms) as watched_ms
    from {{ ref('stg_streaming__playback_completion_milestone') }}
    group by
        user_id,
        playback_id

),

playbacks as (

    select
        starts.user_id,
        starts.playback_id,
        starts.session_id,
        starts.title_id,
        starts.episode_id,
        starts.event_at as started_at,
        starts.start_position_ms,
        starts.total_duration_ms,
        stops.last_watched_position_ms as position_ms,
        coalesce(starts.episode_id, starts.title_id) as item_id,
        coalesce(stops.event_at, milestones.last_at, starts.event_at) as ended_at,
        coalesce(stops.watched_ms, milestones.watched_ms, 0) as watched_ms,
        coalesce(stops.watched_ms, milestones.watched_ms, 0) >= 120000 as is_view,
        case
            when
                100 * coalesce(stops.last_watched_position_ms, starts.start_position_ms)
                < coalesce(milestones.furthest_percent, 0) * starts.total_duration_ms
                then milestones.furthest_percent
            else
                cast(100 * coalesce(stops.last_watched_position_ms, starts.start_position_ms) as double)
                / nullif(starts.total_duration_ms, 0)
        end as furthest_percent
    from {{ ref('stg_streaming__playback_start') }} as starts
    left join {{ ref('stg_streaming__playback_stop_or_abandon') }} as stops
        on
            starts.user_id = stops.user_id
            and starts.playback_id = stops.playback_id
    left join milestones
        on
            starts.user_id = milestones.user_id
            and starts.playback_id = milestones.playback_id

),

user_days as (

    select
        user_id,
        cast(event_at as date) as activity_date,
        1 as is_active,
        0 as is_viewer,
        0 as uses_feature
    from {{ ref('stg_streaming__user_login_success') }}
    union all
    select
        user_id,
        cast(event_at as date) as activity_date,
        1 as is_active,
        0 as is_viewer,
        0 as uses_feature
    from {{ ref('stg_streaming__streaming_session_start') }}
    union all
    select
        user_id,
        cast(started_at as date) as activity_date,
        0 as is_active,
        1 as is_viewer,
        0 as uses_feature
    from playbacks
    where is_view
    union all
    select
        user_id,
        cast(event_at as date) as activity_date,
        0 as is_active,
        0 as is_viewer,
        1 as uses_feature
    from {{ ref('stg_streaming__feature_used') }}

),

ends as (

    select
        activity_date as active_date,
        row_number() over (order by activity_date) as days_of_data
    from user_days
    group by activity_date

)

select
    ends.active_date as period_start,
    case
        when max(ends.days_of_data) >= 28 then count(distinct case when days.is_active = 1 then days.user_id end)
    end as value,
    count(distinct case
        when days.is_active = 1 and days.activity_date = ends.active_date then days.user_id
    end) as dau,
    case
        when max(ends.days_of_data) >= 7
            then count(distinct case
                when days.is_active = 1 and days.activity_date > ends.active_date - interval '7' day then days.user_id
            end)
    end as wau,
    case
        when max(ends.days_of_data) >= 28 then count(distinct case when days.is_viewer = 1 then days.user_id end)
    end as viewers,
    case
        when max(ends.days_of_data) >= 28 then count(distinct case when days.uses_feature = 1 then days.user_id end)
    end as feature_users
from ends
inner join user_days as days
    on
        ends.active_date >= days.activity_date
        and days.activity_date > ends.active_date - interval '28' day
group by ends.active_date
order by period_start
