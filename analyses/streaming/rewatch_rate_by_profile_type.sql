-- question: 3.1.1 Streaming engagement at platform, user and video level
-- goal: How well each title draws viewers and keeps them is known.
-- metric: rewatch_rate by profile_type, users and titles with another start / users and titles with one (value), and
--         users and items begun anew after the end / those viewed (rewatched)
-- grain: week
-- reads: the facts of playbacks and of viewings
select
    cast(date_trunc('week', playbacks.playback_date) as date) as period_start,
    playbacks.profile_type,
    -- trap: who goes on the next day starts twice, and watches once
    cast(count(distinct case
        when playbacks.is_another then playbacks.user_id || ' ' || playbacks.title_id
    end) as double) / count(distinct playbacks.user_id || ' ' || playbacks.title_id) as value,
    cast(count(distinct case
        when
            playbacks.started_at > viewings.first_completed_at
            and 20 * playbacks.start_position_ms < playbacks.total_duration_ms
            then playbacks.viewed
    end) as double) / nullif(count(distinct playbacks.viewed), 0) as rewatched
from (
    select
        *,
        case when is_view then user_id || ' ' || item_id end as viewed,
        started_at > min(started_at) over (partition by user_id, title_id) as is_another
    from {{ ref('fct_streaming__playbacks') }}
) as playbacks
inner join {{ ref('fct_streaming__viewings') }} as viewings
    on playbacks.user_id = viewings.user_id and playbacks.item_id = viewings.item_id
group by cast(date_trunc('week', playbacks.playback_date) as date), playbacks.profile_type
order by period_start, playbacks.profile_type
