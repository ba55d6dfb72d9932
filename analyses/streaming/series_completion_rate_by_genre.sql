-- question: 3.1.1 Streaming engagement at platform, user and video level
-- goal: Single users find what is worth watching, in variety, and make a habit of it.
-- metric: series_completion_rate by genre, starters who complete more than 80 % of a season within 28 days / starters
--         whose 28 days are over (in_time)
-- grain: cohort
-- reads: the fact of seasons that were started, and that of playbacks for how far the data reaches
select
    cast(date_trunc('week', first_started_on) as date) as period_start,
    genre,
    cast(count(case when is_completed_in_time then 1 end) as double) / count(*) as in_time
from {{ ref('fct_streaming__seasons_started') }}
where
    first_viewed_at is not null
    -- trap: who started yesterday has not failed to finish
    and first_started_on + interval '28' day < (
        select max(days.playback_date) from {{ ref('fct_streaming__playbacks') }} as days
    )
group by cast(date_trunc('week', first_started_on) as date), genre
order by period_start, genre
