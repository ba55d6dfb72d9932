-- question: 2.1.1 Reels platform health and engagement
-- goal: Users watch reels at length, and care for what they see.
-- metric: reel_completion_rate by length_band, pairs of reel and user that reach the end / pairs past a quarter
--         (of_engaged_pairs)
-- grain: week
-- reads: the fact of views
select
    length_band,
    cast(date_trunc('week', view_date) as date) as period_start,
    -- trap: loops and second views reach the end again; a pair counts once
    cast(count(distinct case when completions > 0 then viewer_and_reel end) as double)
    / nullif(count(distinct case when furthest_percentage >= 25 then viewer_and_reel end), 0) as of_engaged_pairs
from {{ ref('fct_short_video__plays') }}
group by length_band, cast(date_trunc('week', view_date) as date)
order by period_start, length_band
