-- question: 2.1.1 Reels platform health and engagement
-- goal: Reels take nothing from other features, and stay safe and fast.
-- metric: reported_reels_per_1m_views, reports of reels (value), users and reels with one on a day (reporters), and
--         reels with one (reels_reported) / million views
-- grain: week
with reports as (
    select
        cast(date_trunc('week', event_at) as date) as period_start,
        count(*) as reports,
        count(distinct user_id || ' ' || content_id || ' ' || cast(cast(event_at as date) as varchar)) as reporters,
        count(distinct content_id) as reels
    from {{ ref('stg_short_video__content_report') }}
    where content_type = 'reel'
    group by cast(date_trunc('week', event_at) as date)
)

select
    cast(date_trunc('week', views.event_at) as date) as period_start,
    -- trap: rows are not views: each stands for several
    1000000 * cast(coalesce(max(reports.reports), 0) as double)
    / nullif(sum(views.views_represented), 0) as value,
    1000000 * cast(coalesce(max(reports.reporters), 0) as double)
    / nullif(sum(views.views_represented), 0) as reporters,
    1000000 * cast(coalesce(max(reports.reels), 0) as double)
    / nullif(sum(views.views_represented), 0) as reels_reported
from {{ ref('stg_short_video__reel_view_impression') }} as views
left join reports on reports.period_start = cast(date_trunc('week', views.event_at) as date)
where views.session_id is not null
group by cast(date_trunc('week', views.event_at) as date)
order by period_start
