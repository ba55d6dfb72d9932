-- User-days are built day by day, and a day that was built too early looks like any other.
with

events as (

    {% for signal in ['app_open', 'session_start', 'user_active_event', 'content_viewed', 'content_created'] %}
        select
            user_id,
            cast(event_at as date) as activity_date,
            count(*) as things
        from {{ get_where_subquery(ref('stg_stickiness__' ~ signal)) }}
        group by
            user_id,
            cast(event_at as date)
        union all
    {% endfor %}
    select
        user_id,
        session_date as activity_date,
        count(*) as things
    from {{ get_where_subquery(ref('fct_stickiness__sessions')) }}
    group by
        user_id,
        session_date

),

sums_of_events as (

    select
        user_id,
        activity_date,
        sum(things) as things
    from events
    group by
        user_id,
        activity_date

),

user_days as (

    select
        user_id,
        activity_date,
        app_opens + session_starts + active_events + content_views + content_created + sessions as things
    from {{ get_where_subquery(ref('fct_stickiness__user_days')) }}

)

select
    sums_of_events.things,
    user_days.things as things_of_user_day,
    coalesce(sums_of_events.user_id, user_days.user_id) as user_id,
    coalesce(sums_of_events.activity_date, user_days.activity_date) as activity_date
from sums_of_events
left join user_days
    on
        sums_of_events.user_id = user_days.user_id
        and sums_of_events.activity_date = user_days.activity_date
inner join {{ ref('dim_stickiness__users') }} as known_users
    on sums_of_events.user_id = known_users.user_id
where
    user_days.user_id is null
    or sums_of_events.things <> user_days.things
