-- question: 3.1.1 Streaming engagement at platform, user and video level
-- goal: How well each title draws viewers and keeps them is known.
-- metric: series_hook_rate, viewers of the first episode who complete it within 7 days / viewers whose 7 days are over
--         (in_time)
-- grain: cohort
-- reads: the fact of viewings, and that of playbacks for how far the data reaches
select
    cast(date_trunc('week', first_started_on) as date) as period_start,
    cast(count(case when first_completed_at < first_started_at + interval '7' day then 1 end) as double)
    / count(*) as in_time
from {{ ref('fct_streaming__viewings') }}
where
    episode_number = 1
    -- trap: a slip is no start, and who started yesterday has not left
    and first_viewed_at is not null
    and first_started_on + interval '7' day < (
        select max(days.playback_date) from {{ ref('fct_streaming__playbacks') }} as days
    )
group by cast(date_trunc('week', first_started_on) as date)
order by period_start
