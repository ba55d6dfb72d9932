{%- set first_day = rebuilt_from() -%}
with

drivers as (

    select
        driver_id,
        event_at as seen_at,
        city
    from {{ recent(ref('stg_ride_sharing__ride_completion'), 'event_at') }}
    union all
    select
        driver_id,
        event_at as seen_at,
        cast(null as {{ engine_type('string') }}) as city
    from {{ recent(ref('stg_ride_sharing__carpool_ride_match_success'), 'event_at') }}
    {%- if first_day %}
    -- Who has not had a ride yet may be known from before by a match.
    union all
    select
        driver_id,
        first_seen_at as seen_at,
        null as city
    from {{ this }}
    where first_seen_at < cast('{{ first_day }}' as date)
    {%- endif %}

)

select
    driver_id,
    min(seen_at) as first_seen_at,
    min(seen_at) filter (where city is not null) as first_ride_at,
    coalesce(min_by(city, seen_at) filter (where city is not null), 'unknown') as first_city
from drivers
{{ only_unsettled('drivers', 'driver_id', 'first_ride_at') }}
group by driver_id
