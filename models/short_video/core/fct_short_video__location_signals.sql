{#- Networks are learned from the phones that were seen beside them in so many days. -#}
{%- set learned_days = location_days().dominant -%}
{%- set days_before = usual_days_before() + learned_days + 1 -%}
{%- set thresholds = short_video_location_thresholds() -%}
{%- set weights = short_video_location_weights() -%}

with

points as (

    select
        event_id,
        user_id,
        event_at,
        'gps' as source,
        lat as latitude,
        lon as longitude,
        coalesce(accuracy_meters, 0) / 1000e0 as accuracy_km
    from {{ recent(ref('stg_short_video__app_session_start_with_gps'), days_before=days_before) }}
    union all
    select
        event_id,
        user_id,
        event_at,
        'geotag' as source,
        lat as latitude,
        lon as longitude,
        0e0 as accuracy_km
    from {{ recent(ref('stg_short_video__content_geotagged')) }}

),

located_points as (

    {{ nearest_place(
        'points', ref('short_video__cities'), ['source', 'event_id'], 'city', thresholds.radius_km
    ) | trim | indent(4) }}

),

networks as (

    select
        event_id,
        user_id,
        event_at,
        cast(event_at as date) as seen_on,
        case when wifi_ssid_hashed is not null then 'wifi' else 'cell' end as source,
        coalesce(wifi_ssid_hashed, cell_tower_id) as network_id
    from {{ recent(ref('stg_short_video__network_change'), days_before=days_before) }}

),

sightings as (

    select
        networks.source,
        networks.network_id,
        networks.seen_on,
        located_points.place as city,
        count(*) as sightings
    from networks
    inner join located_points
        on
            networks.user_id = located_points.user_id
            and located_points.source = 'gps'
            and networks.seen_on = cast(located_points.event_at as date)
            and abs({{ seconds_between('networks.event_at', 'located_points.event_at') }}) <= 3600
    where located_points.place is not null
    group by
        networks.source,
        networks.network_id,
        networks.seen_on,
        located_points.place

),

network_days as (

    select distinct
        source,
        network_id,
        seen_on
    from networks
    {{ only_rebuilt('where', 'seen_on', usual_days_before()) }}

),

-- Where most phones with GPS were that saw it, until that day: what is learned later says nothing of it.
cities_of_networks as (

    select
        source,
        network_id,
        seen_on,
        city
    from (
        select
            network_days.source,
            network_days.network_id,
            network_days.seen_on,
            sightings.city,
            row_number() over (
                partition by network_days.source, network_days.network_id, network_days.seen_on
                order by sum(sightings.sightings) desc, sightings.city
            ) as place
        from network_days
        inner join sightings
            on
                network_days.source = sightings.source
                and network_days.network_id = sightings.network_id
                and sightings.seen_on between
                cast({{ dbt.dateadd('day', -learned_days, 'network_days.seen_on') }} as date)
                and network_days.seen_on
        group by
            network_days.source,
            network_days.network_id,
            network_days.seen_on,
            sightings.city
    ) as learned
    where place = 1

),

signals as (

    select
        event_id,
        user_id,
        event_at,
        source,
        place as city,
        accuracy_km
    from located_points
    union all
    select
        networks.event_id,
        networks.user_id,
        networks.event_at,
        networks.source,
        cities_of_networks.city,
        0e0 as accuracy_km
    from networks
    left join cities_of_networks
        on
            networks.source = cities_of_networks.source
            and networks.network_id = cities_of_networks.network_id
            and networks.seen_on = cities_of_networks.seen_on
    union all
    select
        addresses.event_id,
        addresses.user_id,
        addresses.event_at,
        'ip' as source,
        prefixes.city,
        0e0 as accuracy_km
    from {{ recent(ref('stg_short_video__ip_address_seen')) }} as addresses
    left join {{ ref('short_video__ip_prefixes') }} as prefixes
        on
            -- All but the last number.
            prefixes.prefix = regexp_replace(addresses.ip_address, '[0-9]+$', '')
            -- Whoever is behind a gateway or a VPN may be anywhere.
            and prefixes.line = 'fixed'
    union all
    select
        event_id,
        user_id,
        event_at,
        'search' as source,
        inferred_query_location as city,
        0e0 as accuracy_km
    from {{ recent(ref('stg_short_video__local_search_query')) }}
    union all
    select
        event_id,
        user_id,
        event_at,
        'business' as source,
        business_location as city,
        0e0 as accuracy_km
    from {{ recent(ref('stg_short_video__local_business_interaction')) }}
    union all
    -- What somebody answers in the survey judges detection, so it is no evidence.
    select
        event_id,
        user_id,
        event_at,
        'profile' as source,
        new_city as city,
        0e0 as accuracy_km
    from {{ recent(ref('fct_short_video__declared_cities')) }}
    where declared_via = 'profile'

),

-- By the sun's clock of the city, since a night is one wherever it is.
local_signals as (

    select
        signals.*,
        cities.city as known_city,
        {{ dbt.dateadd('hour', 'cast(coalesce(cities.hours_ahead, 0) as integer)', 'signals.event_at') }} as local_at
    from signals
    left join {{ ref('dim_short_video__cities') }} as cities
        on signals.city = cities.city

)

select
    event_id,
    user_id,
    event_at,
    source,
    cast(event_at as date) as signal_date,
    coalesce(known_city, 'unknown') as city,
    -- Whole numbers, so that sums are the same in whatever order.
    case
        when known_city is null then 0
        else cast(round(
            1000000
            * case source
                {%- for source, weight in weights.items() %}
                    when {{ sql_text(source) }} then {{ weight }}e0
                {%- endfor %}
            end
            / (1 + accuracy_km)
            * case
                when
                    extract(hour from local_at) < 7
                    or extract(hour from local_at) >= 22
                    or {{ day_of_week('cast(local_at as date)') }} in (6, 7)
                    then {{ thresholds.home_factor }}e0
                else 1e0
            end
        ) as bigint)
    end as weight
from local_signals
{{ in_order_of('signal_date') }}
