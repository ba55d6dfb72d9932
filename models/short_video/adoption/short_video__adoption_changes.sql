{#- What a user did per week before the week of adoption, and after it. -#}
{%- set values = ['relative_feed', 'feed_ms', 'platform_ms', 'image_uploads'] %}

select
    user_id,
    country,
    adoption_week,
    compared_on,
    variant,
    is_creator,
    country || ' ' || cast(adoption_week as {{ engine_type('string') }}) as cohort,
    {{ columns_of_each(values, "avg(case when phase = 'before' then %s end) as %s_before") }},
    {{ columns_of_each(values, "avg(case when phase = 'after' then %s end) as %s_after") }}
from {{ ref('fct_short_video__adoption_weeks') }}
group by
    user_id,
    country,
    adoption_week,
    compared_on,
    variant,
    is_creator
