-- question: 2.1.4 Dashboard of the effect of Reels on other features
-- goal: What other features lose to Reels, or gain by them, is known apart from the season and from who uses them.
-- metric: feature_user_flow by feature_move, moves of a kind / sessions with any feature (value)
-- grain: week
-- reads: the fact of moves
select
    feature_move,
    cast(date_trunc('week', session_date) as date) as period_start,
    -- trap: rows of one feature that follow each other are one stay, and no move
    cast(sum(transitions) as double) / nullif(sum(sessions), 0) as value
from {{ ref('fct_short_video__feature_moves') }}
group by feature_move, cast(date_trunc('week', session_date) as date)
order by period_start, feature_move
