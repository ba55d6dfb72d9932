-- question: 3.1.1 Streaming engagement at platform, user and video level
-- goal: Single users find what is worth watching, in variety, and make a habit of it.
-- metric: content_diversity_per_user, titles of which more than 10 % is reached in the last 28 days of the month /
--         users who watch any (value), / active users (per_active_user), users with more than 5 / active users
--         (share_over_5), films and episodes / users who watch any (items_per_viewer), and thumbs up / active users
--         (liked_per_active_user)
-- trap: five episodes are one title, and who watches nothing is a user all the same
-- grain: month
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

active_days as (

    select
        user_id,
        cast(event_at as date) as activity_date
    from {{ ref('stg_streaming__user_login_success') }}
    union distinct
    select
        user_id,
        cast(event_at as date) as activity_date
    from {{ ref('stg_streaming__streaming_session_start') }}

),

known_until as (

    select
        cast(min(event_at) as date) as first_day,
        cast(max(received_at) as date) as last_day
    from {{ ref('stg_streaming__playback_start') }}

),

cutoffs as (

    -- Months that are over, and that the log has from their first day on.
    select distinct
        cast(date_trunc('month', starts.event_at) as date) as period_start,
        cast(date_trunc('month', starts.event_at) + interval '1' month as date) as cutoff_date
    from {{ ref('stg_streaming__playback_start') }} as starts
    cross join known_until
    where
        date_trunc('month', starts.event_at) + interval '1' month <= known_until.last_day
        and date_trunc('month', starts.event_at) >= known_until.first_day

),

monthly_users as (

    select distinct
        cutoffs.period_start,
        cutoffs.cutoff_date,
        active_days.user_id
    from cutoffs
    inner join active_days
        on
            cutoffs.cutoff_date > active_days.activity_date
            and active_days.activity_date >= cutoffs.cutoff_date - interval '28' day

),

liked as (

    select
        user_id,
        cast(event_at as date) as liked_on,
        count(distinct title_id) as titles
    from {{ ref('stg_streaming__content_rating') }}
    where rating = 'thumbs_up'
    group by
        user_id,
        cast(event_at as date)

),

thumbs as (

    select
        monthly_users.period_start,
        monthly_users.user_id,
        sum(liked.titles) as titles_liked
    from monthly_users
    inner join liked
        on
            monthly_users.user_id = liked.user_id
            and monthly_users.cutoff_date > liked.liked_on
            and liked.liked_on >= monthly_users.cutoff_date - interval '28' day
    group by
        monthly_users.period_start,
        monthly_users.user_id

),

watched as (

    select
        monthly_users.period_start,
        monthly_users.user_id,
        count(distinct playbacks.title_id) as titles,
        count(distinct playbacks.item_id) as items
    from monthly_users
    left join playbacks
        on
            monthly_users.user_id = playbacks.user_id
            and cast(playbacks.started_at as date) < monthly_users.cutoff_date
            and cast(playbacks.started_at as date) >= monthly_users.cutoff_date - interval '28' day
            and playbacks.furthest_percent > 10
    group by
        monthly_users.period_start,
        monthly_users.user_id

)

select
    watched.period_start,
    cast(sum(watched.titles) as double) / nullif(count(case when watched.titles > 0 then 1 end), 0) as value,
    cast(sum(watched.titles) as double) / count(*) as per_active_user,
    cast(count(case when watched.titles > 5 then 1 end) as double) / count(*) as share_over_5,
    cast(sum(watched.items) as double) / nullif(count(case when watched.titles > 0 then 1 end), 0) as items_per_viewer,
    cast(coalesce(sum(thumbs.titles_liked), 0) as double) / count(*) as liked_per_active_user
from watched
left join thumbs
    on
        watched.period_start = thumbs.period_start
        and watched.user_id = thumbs.user_id
group by watched.period_start
order by watched.period_start
