{#- The event, the field that refers, the model that must have it, its day, and the rider who must be on that ride. -#}
{%- set references = [] -%}
{%- for event, field, parent, day, rider in [
    ('carpool_ride_match_success', 'request_id', 'fct_ride_sharing__requests', 'request_date', none),
    ('carpool_ride_match_failure', 'request_id', 'fct_ride_sharing__requests', 'request_date', none),
    ('ride_cancellation', 'request_id', 'fct_ride_sharing__requests', 'request_date', none),
    ('user_first_ride', 'ride_id', 'fct_ride_sharing__ride_riders', 'ride_date', 'events.user_id'),
    ('carpool_leg_details', 'ride_id', 'fct_ride_sharing__ride_riders', 'ride_date', 'events.leg_user_id'),
    (
        'ride_rating_submitted', 'ride_id', 'fct_ride_sharing__ride_riders', 'ride_date',
        "case when events.rated_entity_type = 'driver' then events.user_id else events.rated_entity_id end",
    ),
    ('support_ticket_created', 'ride_id', 'fct_ride_sharing__rides', 'ride_date', none),
] -%}
    {%- set matches = {field: 'events.' ~ field} -%}
    {%- do matches.update({'rider_id': rider}) if rider -%}
    {%- do references.append({'event': event, 'field': field, 'parent': parent, 'day': day, 'matches': matches}) -%}
{%- endfor -%}

{{ orphaned_events('ride_sharing', references) }}
