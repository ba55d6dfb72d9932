-- question: 2.1.4 Dashboard of the effect of Reels on other features
-- goal: What other features lose to Reels, or gain by them, is known apart from the season and from who uses them.
-- metric: feature_user_flow, moves between features / sessions with any (value), and moves from start / these
--         sessions (from_start)
-- grain: week
-- reads: the fact of moves
select
    cast(date_trunc('week', session_date) as date) as period_start,
    cast(sum(transitions) as double)
    / nullif(sum(case when from_feature = 'start' then transitions end), 0) as value,
    -- trap: each session starts once, so moves from start are sessions
    cast(sum(case when from_feature = 'start' then transitions end) as double)
    / nullif(sum(case when from_feature = 'start' and to_feature = 'Feed' then sessions end), 0) as from_start
from {{ ref('fct_short_video__feature_moves') }}
group by cast(date_trunc('week', session_date) as date)
order by period_start
