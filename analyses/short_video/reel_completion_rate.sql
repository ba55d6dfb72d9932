-- question: 2.1.1 Reels platform health and engagement
-- goal: Users watch reels at length, and care for what they see.
-- metric: reel_completion_rate, times the end is reached / pairs of reel and user past a quarter (value), pairs that
--         reach it / these pairs (of_engaged_pairs), and views that reach it / views (of_views)
-- grain: week
with plays as (
    select
        cast(date_trunc('week', views.event_at) as date) as period_start,
        views.user_id || ' ' || views.reel_id as pair,
        max(progress.percentage_watched) as furthest,
        count(case when progress.percentage_watched = 100 then 1 end) as completions
    from {{ ref('stg_short_video__reel_view_impression') }} as views
    left join {{ ref('stg_short_video__reel_view_progress') }} as progress
        on views.view_id = progress.view_id and views.user_id = progress.user_id
    where views.session_id is not null
    group by views.view_id, views.user_id, views.reel_id, views.event_at
)

select
    period_start,
    -- trap: loops and second views reach the end again, so value can pass 1
    cast(sum(completions) as double) / nullif(count(distinct case when furthest >= 25 then pair end), 0) as value,
    cast(count(distinct case when completions > 0 then pair end) as double)
    / nullif(count(distinct case when furthest >= 25 then pair end), 0) as of_engaged_pairs,
    cast(count(case when completions > 0 then 1 end) as double) / nullif(count(*), 0) as of_views
from plays
group by period_start
order by period_start
