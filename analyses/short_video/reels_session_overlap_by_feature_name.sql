-- question: 2.1.4 Dashboard of the effect of Reels on other features
-- goal: What other features lose to Reels, or gain by them, is known apart from the season and from who uses them.
-- metric: reels_session_overlap by feature_name, sessions with reels and the feature / sessions with reels (value)
-- grain: week
-- reads: the fact of sessions and features
with used as (
    select
        feature_name,
        cast(date_trunc('week', session_date) as date) as period_start,
        max(case when feature_name = 'Reels' then 1 else 0 end) over (partition by session_key) as has_reels,
        count(case when feature_name = 'Reels' then 1 end) over (
            partition by date_trunc('week', session_date)
        ) as reels_sessions
    from {{ ref('fct_short_video__session_features') }}
)

select
    feature_name,
    period_start,
    -- trap: a session with the feature twice has it once
    cast(sum(has_reels) as double) / nullif(max(reels_sessions), 0) as value
from used
where feature_name <> 'Reels'
group by feature_name, period_start
order by period_start, feature_name
