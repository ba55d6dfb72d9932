-- question: 3.1.1 Streaming engagement at platform, user and video level
-- goal: How well each title draws viewers and keeps them is known.
-- metric: views_per_title, viewers of each title / titles (value), and starts / titles (starts)
-- grain: week
-- reads: the fact of playbacks
select
    cast(date_trunc('week', playback_date) as date) as period_start,
    -- trap: a viewer of five episodes is one, and a slip of the finger is none
    cast(count(distinct case when is_view then user_id || ' ' || title_id end) as double)
    / count(distinct title_id) as value,
    cast(count(*) as double) / count(distinct title_id) as starts
from {{ ref('fct_streaming__playbacks') }}
group by cast(date_trunc('week', playback_date) as date)
order by period_start
