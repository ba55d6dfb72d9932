{%- set automated_events = stickiness_thresholds().automated_events -%}
select
    user_id,
    cast(event_at as date) as activity_date,
    count(*) as active_events
from {{ recent(ref('stg_stickiness__user_active_event'), days_before=0) }}
group by
    user_id,
    cast(event_at as date)
having
    count(*) >= {{ automated_events }}
    -- A hand does not keep time: a schedule acts at the same second of each minute, or at two.
    and count(distinct second(event_at)) <= 2
{{ in_order_of('activity_date') }}
