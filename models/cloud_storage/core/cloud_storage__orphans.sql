{#- Both refer to the list that a user was shown. -#}
{% for event in ['quick_access_click', 'quick_access_negative_feedback'] %}
    select
        '{{ event }}' as event_name,
        events.event_id,
        events.event_at,
        'impression_id' as reference_field,
        events.impression_id as missing_value,
        'fct_cloud_storage__impressions' as expected_in
    from {{ ref('stg_cloud_storage__' ~ event) }} as events
    where
        not exists (
            select 1
            from {{ ref('fct_cloud_storage__impressions') }} as impressions
            where
                impressions.impression_id = events.impression_id
                and impressions.user_id = events.user_id
        )
    {%- if not loop.last %}
        union all
    {%- endif %}
{% endfor %}
