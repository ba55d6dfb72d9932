{#- What a user did per week before the week of adoption, and after it. -#}
select
    user_id,
    country,
    adoption_week,
    compared_on,
    variant,
    is_creator,
    country || ' ' || cast(adoption_week as {{ engine_type('string') }}) as cohort
    {%- for value in ['relative_feed', 'feed_ms', 'platform_ms', 'image_uploads'] %}
        {%- for phase in ['before', 'after'] %},
    avg(case when phase = {{ sql_text(phase) }} then {{ value }} end) as {{ value }}_{{ phase }}
        {%- endfor %}
    {%- endfor %}
from {{ ref('fct_short_video__adoption_weeks') }}
group by
    user_id,
    country,
    adoption_week,
    compared_on,
    variant,
    is_creator
