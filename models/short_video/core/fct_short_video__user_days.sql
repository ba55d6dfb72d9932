{%- set counts = [
    'sessions', 'active_sessions', 'feed_sessions', 'stories_viewed', 'reels_summaries', 'reels_views',
    'engaged_views', 'logged_views', 'reels_published',
] -%}
{%- set times = ['feed_ms', 'reels_ms', 'platform_ms', 'watch_ms'] -%}

with

parts_of_days as (

    select
        user_id,
        session_date as activity_date,
        1 as sessions,
        case when active_starts > 0 then 1 else 0 end as active_sessions,
        feed_ms,
        case when feed_ms > 0 then 1 else 0 end as feed_sessions,
        stories_viewed,
        reels_summaries,
        reels_ms,
        platform_ms,
        0 as reels_views,
        0 as engaged_views,
        0 as logged_views,
        0 as watch_ms,
        0 as reels_published
    from {{ recent(ref('fct_short_video__sessions'), days_before=0) }}
    union all
    select
        user_id,
        view_date as activity_date,
        0 as sessions,
        0 as active_sessions,
        0 as feed_ms,
        0 as feed_sessions,
        0 as stories_viewed,
        0 as reels_summaries,
        0 as reels_ms,
        0 as platform_ms,
        views_represented as reels_views,
        case when furthest_percentage >= 25 then views_represented else 0 end as engaged_views,
        1 as logged_views,
        watch_ms * views_represented as watch_ms,
        0 as reels_published
    from {{ recent(ref('fct_short_video__plays'), days_before=0) }}
    union all
    select
        user_id,
        published_date as activity_date,
        0 as sessions,
        0 as active_sessions,
        0 as feed_ms,
        0 as feed_sessions,
        0 as stories_viewed,
        0 as reels_summaries,
        0 as reels_ms,
        0 as platform_ms,
        0 as reels_views,
        0 as engaged_views,
        0 as logged_views,
        0 as watch_ms,
        1 as reels_published
    from {{ recent(ref('fct_short_video__reels'), days_before=0) }}

),

days_of_users as (

    select
        user_id,
        activity_date,
        {{ columns_of_each(counts, 'cast(sum(%s) as bigint) as %s') }},
        {{ columns_of_each(times, 'cast(sum(%s) as ' ~ engine_type('double') ~ ') as %s') }}
    from parts_of_days
    group by
        user_id,
        activity_date

)

select
    days_of_users.user_id,
    days_of_users.activity_date,
    known_users.platform,
    known_users.country,
    {{ columns_of_each(counts + times, 'days_of_users.%s') }},
    {{ reels_group('days_of_users.activity_date', 'known_users.first_reels_date') }} as reels_group,
    {{ launch_phase('days_of_users.activity_date', 'launches.launch_week') }} as launch_phase,
    days_of_users.active_sessions > 0 as is_platform_active,
    days_of_users.logged_views > 0 or days_of_users.reels_published > 0 as is_reels_active,
    case
        when known_users.first_published_date <= days_of_users.activity_date
            then {{ days_between('known_users.first_published_date', 'days_of_users.activity_date') }}
    end as days_since_first_reel,
    coalesce(known_users.signup_date <= days_of_users.activity_date, false) as has_signed_up_in_log
from days_of_users
inner join {{ ref('dim_short_video__users') }} as known_users
    on days_of_users.user_id = known_users.user_id
left join {{ ref('fct_short_video__launches') }} as launches
    on known_users.country = launches.country
{{ in_order_of('days_of_users.activity_date') }}
