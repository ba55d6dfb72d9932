{#- Days of the outcome, and the day by which reels must have been taken up to count. -#}
{%- set landmark = short_video_thresholds().landmark_day -%}
{%- set outcomes = {'d1': [0, 1], 'd7': [0, 7], 'd30': [landmark, 30]} -%}

with

population as (

    select
        user_id as unit_id,
        user_id,
        signed_up_at as started_at,
        cast(null as timestamp) as ended_at,
        signup_date,
        platform,
        country,
        first_reels_date
    from {{ ref('dim_short_video__users') }}
    where signed_up_at is not null

),

active_days as (

    select
        user_id as unit_id,
        activity_date,
        cast(activity_date as timestamp) as event_at,
        case when is_platform_active then 1 else 0 end as active_days,
        logged_views > 0 as is_in_reels
    from {{ ref('fct_short_video__user_days') }}

),
{% for name, days in outcomes.items() %}
    {{ name }}_units as (

        {{ landmark_units(
            'population', 'active_days', is_treated='events.is_in_reels', values={'active_days': 'events.active_days'},
            landmark_day=days[0], first_day=days[1], last_day=days[1],
            observed_until='(select max(date_day) from ' ~ ref('dim_short_video__dates') ~ ' where is_complete_day)',
        ) | trim | indent(8) }}

    ),
{% endfor %}
days_before as (

    select
        population.unit_id,
        count(case when active_days.active_days > 0 then 1 end) as active_days
    from population
    left join active_days
        on
            population.unit_id = active_days.unit_id
            and active_days.activity_date
            between population.signup_date
            and cast({{ dbt.dateadd('day', landmark, 'population.signup_date') }} as date)
    group by population.unit_id

)

select
    population.user_id,
    population.signup_date,
    population.platform,
    population.country,
    days_before.active_days as active_days_before,
    cast({{ dbt.date_trunc('week', 'population.signup_date') }} as date) as cohort_week,
    cast({{ dbt.dateadd('day', 30, 'population.signup_date') }} as date) as judged_on,
    case when population.first_reels_date is not null then 'ever' else 'never' end as ever_used_reels,
    {{ columns_of_each(
        outcomes, "case %s_units.variant when 'treated' then 'reels' when 'comparison' then 'others' end as %s_group"
    ) }},
    {{ columns_of_each(
        outcomes, "case when %s_units.active_days > 0 then 1 when %s_units.active_days = 0 then 0 end as is_%s"
    ) }}
from population
{% for name in outcomes %}
    inner join {{ name }}_units
        on population.unit_id = {{ name }}_units.unit_id
{% endfor %}
inner join days_before
    on population.unit_id = days_before.unit_id
{{ in_order_of('population.signup_date') }}
