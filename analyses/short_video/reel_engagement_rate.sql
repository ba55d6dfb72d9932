-- question: 2.1.1 Reels platform health and engagement
-- goal: Users watch reels at length, and care for what they see.
-- metric: reel_engagement_rate, engagements / views (value), and engagements less likes taken back / views
--         (net_of_unlikes), both weighted by what each view that was logged stands for
-- grain: week
with interactions as (
    select
        view_id,
        user_id,
        count(case when interaction_type <> 'unlike' then 1 end) as engagements,
        count(case when interaction_type = 'unlike' then 1 end) as unlikes
    from {{ ref('stg_short_video__reel_interaction') }}
    group by view_id, user_id
)

select
    cast(date_trunc('week', views.event_at) as date) as period_start,
    -- trap: a mean of the rates of reels gives one with two views the weight of one with two million
    cast(coalesce(sum(views.views_represented * events.engagements), 0) as double)
    / nullif(sum(views.views_represented), 0) as value,
    cast(coalesce(sum(views.views_represented * (events.engagements - events.unlikes)), 0) as double)
    / nullif(sum(views.views_represented), 0) as net_of_unlikes
from {{ ref('stg_short_video__reel_view_impression') }} as views
left join interactions as events on views.view_id = events.view_id and views.user_id = events.user_id
where views.session_id is not null
group by cast(date_trunc('week', views.event_at) as date)
order by period_start
