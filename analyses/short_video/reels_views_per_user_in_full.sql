-- question: 2.1.1 Reels platform health and engagement
-- goal: Users watch reels at length, and care for what they see.
-- metric: reels_views_per_user, views / users with a view in the week (value); views / users with a view, summed over
--         days (per_active_day); views past a quarter of the reel / users with a view (engaged)
-- trap: each view that was logged stands for several, and rows alone are too few; by the week a user of two days is
--       one user
-- grain: week
with

engaged_views as (

    select distinct
        view_id,
        user_id
    from {{ ref('stg_short_video__reel_view_progress') }}
    where percentage_watched >= 25

),

viewer_days as (

    select
        views.user_id,
        cast(views.event_at as date) as view_date,
        sum(views.views_represented) as represented,
        sum(case when engaged_views.view_id is not null then views.views_represented else 0 end) as engaged
    from {{ ref('stg_short_video__reel_view_impression') }} as views
    left join engaged_views
        on
            views.view_id = engaged_views.view_id
            and views.user_id = engaged_views.user_id
    where views.session_id is not null
    group by
        views.user_id,
        cast(views.event_at as date)

)

select
    cast(date_trunc('week', view_date) as date) as period_start,
    cast(sum(represented) as double) / nullif(count(distinct user_id), 0) as value,
    cast(sum(represented) as double) / nullif(count(*), 0) as per_active_day,
    cast(sum(engaged) as double) / nullif(count(distinct user_id), 0) as engaged
from viewer_days
group by cast(date_trunc('week', view_date) as date)
order by period_start
