{#- Each reference: the event, the field that refers, and the row it must find. -#}
{%- set references = [
    ('carpool_ride_match_success', 'request_id', 'fct_ride_sharing__requests', 'request_id', none),
    ('carpool_ride_match_failure', 'request_id', 'fct_ride_sharing__requests', 'request_id', none),
    ('ride_cancellation', 'request_id', 'fct_ride_sharing__requests', 'request_id', none),
    ('user_first_ride', 'ride_id', 'fct_ride_sharing__ride_riders', 'ride_id', 'user_id'),
    ('carpool_leg_details', 'ride_id', 'fct_ride_sharing__ride_riders', 'ride_id', 'leg_user_id'),
    (
        'ride_rating_submitted', 'ride_id', 'fct_ride_sharing__ride_riders', 'ride_id',
        "case when events.rated_entity_type = 'driver' then events.user_id else events.rated_entity_id end",
    ),
    ('support_ticket_created', 'ride_id', 'fct_ride_sharing__rides', 'ride_id', none),
] -%}

{% for event, field, parent, parent_field, rider in references %}
    select
        '{{ event }}' as event_name,
        events.event_id,
        events.event_at,
        '{{ field }}' as reference_field,
        events.{{ field }} as missing_value,
        '{{ parent }}' as expected_in
    from {{ ref('stg_ride_sharing__' ~ event) }} as events
    where
        events.{{ field }} is not null
        and not exists (
            select 1
            from {{ ref(parent) }} as parents
            where
                parents.{{ parent_field }} = events.{{ field }}
                {%- if rider is not none %}
                    and parents.rider_id = {{ rider }}
                {%- endif %}
        )
    {%- if not loop.last %}
        union all
    {%- endif %}
{% endfor %}
