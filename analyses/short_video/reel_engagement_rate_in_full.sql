-- question: 2.1.1 Reels platform health and engagement
-- goal: Users watch reels at length, and care for what they see.
-- metric: reel_engagement_rate, engagements / views (value) and less likes taken back (net_of_unlikes); the mean of
--         engagements / views over reels, days and sources (mean_of_reels); viewers who engage / viewers, summed over
--         these (engaged_viewers)
-- trap: a mean of the rates of reels gives one with two views the weight of one with two million; a like that is
--       taken back is none any more
-- grain: week
with

interactions as (

    select
        view_id,
        user_id,
        count(case when interaction_type <> 'unlike' then 1 end) as engagements,
        count(case when interaction_type = 'unlike' then 1 end) as unlikes
    from {{ ref('stg_short_video__reel_interaction') }}
    group by
        view_id,
        user_id

),

reels as (

    select
        views.reel_id,
        cast(views.event_at as date) as view_date,
        views.view_source,
        sum(views.views_represented) as represented,
        sum(views.views_represented * coalesce(events.engagements, 0)) as engagements,
        sum(views.views_represented * coalesce(events.unlikes, 0)) as unlikes,
        count(distinct views.user_id) as viewers,
        count(distinct case when events.engagements > 0 then views.user_id end) as engaged
    from {{ ref('stg_short_video__reel_view_impression') }} as views
    left join interactions as events
        on
            views.view_id = events.view_id
            and views.user_id = events.user_id
    where views.session_id is not null
    group by
        views.reel_id,
        cast(views.event_at as date),
        views.view_source

)

select
    cast(date_trunc('week', view_date) as date) as period_start,
    cast(sum(engagements) as double) / nullif(sum(represented), 0) as value,
    cast(sum(engagements - unlikes) as double) / nullif(sum(represented), 0) as net_of_unlikes,
    avg(cast(engagements as double) / nullif(represented, 0)) as mean_of_reels,
    cast(sum(engaged) as double) / nullif(sum(viewers), 0) as engaged_viewers
from reels
group by cast(date_trunc('week', view_date) as date)
order by period_start
