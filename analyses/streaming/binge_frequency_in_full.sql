-- question: 3.1.1 Streaming engagement at platform, user and video level
-- goal: Single users find what is worth watching, in variety, and make a habit of it.
-- metric: binge_frequency, binges in the last 28 days of the month / users with one (value), / active users
--         (per_active_user), users with one / active users (share_of_users), and episodes / binges
--         (episodes_per_binge)
-- trap: a run of six episodes is one binge, and who does not binge is a user all the same
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

gaps as (

    select
        user_id,
        title_id,
        episode_id,
        started_at,
        ended_at,
        lag(ended_at) over (partition by user_id, title_id order by started_at, ended_at) as previous_ended_at
    from playbacks
    where
        is_view
        and episode_id is not null

),

islands as (

    select
        *,
        sum(case when started_at < previous_ended_at + interval '30' minute then 0 else 1 end)
            over (
                partition by user_id, title_id order by started_at, ended_at
                rows between unbounded preceding and current row
            ) as segment
    from gaps

),

binges as (

    select
        user_id,
        cast(min(started_at) as date) as binge_date,
        count(distinct episode_id) as episodes
    from islands
    group by
        user_id,
        title_id,
        segment
    having count(distinct episode_id) >= 3

),

user_binges as (

    select
        monthly_users.period_start,
        monthly_users.user_id,
        count(binges.episodes) as binges,
        coalesce(sum(binges.episodes), 0) as episodes
    from monthly_users
    left join binges
        on
            monthly_users.user_id = binges.user_id
            and monthly_users.cutoff_date > binges.binge_date
            and binges.binge_date >= monthly_users.cutoff_date - interval '28' day
    group by
        monthly_users.period_start,
        monthly_users.user_id

)

select
    period_start,
    cast(sum(binges) as double) / nullif(count(case when binges > 0 then 1 end), 0) as value,
    cast(sum(binges) as double) / count(*) as per_active_user,
    cast(count(case when binges > 0 then 1 end) as double) / count(*) as share_of_users,
    cast(sum(episodes) as double) / nullif(sum(binges), 0) as episodes_per_binge
from user_binges
group by period_start
order by period_start
