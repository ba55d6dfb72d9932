{#-
    What may be set for where users of short video live. Weights are of a day: one vote for each user, day, city
    and source, so that a chatty app or a holiday's pictures weigh no more than one.
-#}

{% macro short_video_location_settings() %}
    {%- set share = {'type': 'number', 'minimum': 0, 'maximum': 1} -%}
    {%- set count = {'type': 'integer', 'minimum': 1} -%}
    {{- return([
        {
            'name': 'short_video_location_weights',
            'type': 'mapping',
            'default': {},
            'meaning': 'What a vote of each source weighs: by how surely it says where a user is on the day.',
            'entries': [
                dict(share, name='gps', default=1, meaning='The phone itself, less where it is less accurate.'),
                dict(share, name='geotag', default=0.8, meaning='A post: pictures may be older than the day.'),
                dict(share, name='wifi', default=0.6, meaning='A Wi-Fi: where phones with GPS were seen beside it.'),
                dict(share, name='cell', default=0.4, meaning='A cell: it covers more than one place.'),
                dict(share, name='ip', default=0.3, meaning='An address: often that of a gateway or a VPN.'),
                dict(share, name='business', default=0.4, meaning='A business: one may also call it from elsewhere.'),
                dict(share, name='search', default=0.2, meaning='A search: one searches for where one will be, too.'),
                dict(share, name='profile', default=0.5, meaning='What a user says, once, on the day of saying it.'),
            ],
        },
        {
            'name': 'short_video_location_thresholds',
            'type': 'mapping',
            'default': {},
            'meaning': 'How evidence ages, and from when on somebody has moved.',
            'entries': [
                dict(count, name='radius_km', maximum=500, default=50,
                     meaning='Kilometres from the centre of a city within which a point is in it.'),
                dict(count, name='half_life_days', maximum=365, default=10,
                     meaning='Days after which a vote weighs half: a move shows on the ninth day.'),
                dict(name='home_factor', type='number', minimum=1, maximum=10, default=2,
                     meaning='How many times a night or weekend counts, when people are at home.'),
                dict(count, name='candidate_days', minimum=16, maximum=30, default=20,
                     meaning='Days of 30 that a city is dominant before somebody may have moved to it.'),
                dict(count, name='confirmed_days', minimum=31, maximum=60, default=45,
                     meaning='Days of 60 that it is dominant before that is sure.'),
                dict(count, name='supporting_days', maximum=30, default=3,
                     meaning='Days of 30 with a search, and with a business, that confirm a candidate sooner.'),
            ],
        },
    ]) -}}
{% endmacro %}


{#- Weights of sources, and thresholds, with those that are not set. -#}
{% macro short_video_location_weights() %}
    {{- return(entries_of_setting('short_video_location_weights', short_video_location_settings())) -}}
{% endmacro %}


{% macro short_video_location_thresholds() %}
    {{- return(entries_of_setting('short_video_location_thresholds', short_video_location_settings())) -}}
{% endmacro %}


{#-
    Days of which something of a move is told. They are no settings: rows say by their names that they are of these.

    dominant   days of evidence that say where somebody is
    held       days of dominant cities among which those of confirmed_days are counted
    confirming days in which a candidate is confirmed or is none any more
    judged     days after its detection in which a move is taken back, or shown to have been a journey
    validated  days after it has become stable in which a move has to be detected
-#}
{% macro location_days() %}
    {{- return({'dominant': 30, 'held': 60, 'confirming': 60, 'judged': 60, 'validated': 45}) -}}
{% endmacro %}


{#- within the country, or abroad: the kind of a move, from the countries of its cities. -#}
{% macro move_kind(old_country, new_country) -%}
    case when {{ old_country }} = {{ new_country }} then 'within the country' else 'abroad' end
{%- endmacro %}


{#- with GPS, or without GPS: whether the phone has said where it is in the days before. -#}
{% macro gps_group(has_gps) -%}
    case when {{ has_gps }} then 'with GPS' else 'without GPS' end
{%- endmacro %}
