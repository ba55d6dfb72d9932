-- question: 2.1.4 Dashboard of the effect of Reels on other features
-- goal: What other features lose to Reels, or gain by them, is known apart from the season and from who uses them.
-- metric: reels_session_overlap, sessions with reels and another feature / sessions with reels (value), and sessions
--         with one and no reels / sessions without reels (without_reels)
-- grain: week
-- reads: the fact of sessions and features
with sessions as (
    select
        session_key,
        cast(date_trunc('week', session_date) as date) as period_start,
        max(case when feature_name = 'Reels' then 1 else 0 end) as has_reels,
        max(case when feature_name <> 'Reels' then 1 else 0 end) as has_others
    from {{ ref('fct_short_video__session_features') }}
    group by session_key, cast(date_trunc('week', session_date) as date)
)

select
    period_start,
    cast(sum(has_reels * has_others) as double) / nullif(sum(has_reels), 0) as value,
    -- trap: how often it would be there anyway is what sessions without reels say
    cast(sum((1 - has_reels) * has_others) as double) / nullif(sum(1 - has_reels), 0) as without_reels
from sessions
group by period_start
order by period_start
