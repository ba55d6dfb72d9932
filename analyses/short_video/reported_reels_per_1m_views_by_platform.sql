-- question: 2.1.1 Reels platform health and engagement
-- goal: Reels take nothing from other features, and stay safe and fast.
-- metric: reported_reels_per_1m_views by platform, reports of reels / million views (value)
-- grain: month
-- reads: the facts of views and reports
with parts as (
    select
        platform,
        views_represented,
        0 as reports,
        date_trunc('month', view_date) as period_start
    from {{ ref('fct_short_video__plays') }}
    union all
    select
        platform,
        0 as views_represented,
        reports,
        date_trunc('month', report_date) as period_start
    from {{ ref('fct_short_video__reports') }}
)

select
    platform,
    cast(period_start as date) as period_start,
    -- trap: rows are not views: each stands for several
    1000000 * cast(sum(reports) as double) / nullif(sum(views_represented), 0) as value
from parts
group by platform, cast(period_start as date)
order by period_start, platform
