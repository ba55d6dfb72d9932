{#- Both refer to the list that the same user was shown. -#}
{%- set references = [] -%}
{%- for event in ['quick_access_click', 'quick_access_negative_feedback'] -%}
    {%- do references.append({
        'event': event,
        'field': 'impression_id',
        'parent': 'fct_cloud_storage__impressions',
        'day': 'impression_date',
        'matches': {'impression_id': 'events.impression_id', 'user_id': 'events.user_id'},
    }) -%}
{%- endfor -%}

{{ orphaned_events('cloud_storage', references) }}
