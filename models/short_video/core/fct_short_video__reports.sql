with

reports as (

    select
        user_id,
        content_id as reel_id,
        cast(event_at as date) as report_date,
        count(*) as reports
    from {{ recent(ref('stg_short_video__content_report')) }}
    where content_type = 'reel'
    group by
        user_id,
        content_id,
        cast(event_at as date)

)

-- Somebody who watches without an account may report, too, so users are not looked up by an inner join.
select
    reports.user_id,
    reports.reel_id,
    reports.report_date,
    reports.reports,
    coalesce(known_users.platform, 'unknown') as platform,
    coalesce(known_users.country, 'unknown') as country
from reports
left join {{ ref('dim_short_video__users') }} as known_users
    on reports.user_id = known_users.user_id
{{ in_order_of('reports.report_date') }}
