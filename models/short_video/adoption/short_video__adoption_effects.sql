{#-
    What adoption does, three ways: adopters before and after, which has the season in it; adopters and others after,
    which has in it who adopts; and the difference in differences of both within a country and week of adoption. It
    has the columns of a readout, so that a target can read it as one.
-#}
{%- set metrics = {
    'feed_time': {'value': 'relative_feed', 'level': 'feed_ms', 'users': "true"},
    'platform_time': {'value': 'platform_ms', 'level': 'platform_ms', 'users': "true"},
    'image_uploads': {
        'value': 'image_uploads', 'level': 'image_uploads', 'users': "is_creator or variant = 'not yet'",
    },
} -%}

with

horizon as (

    select max(date_day) as last_day
    from {{ ref('dim_short_video__dates') }}
    where is_complete_day

),

launch as (

    select
        cast({{ dbt.dateadd('month', 3, 'min(launches.launch_week)') }} as date) as deadline,
        max(horizon.last_day) as last_day
    from {{ ref('fct_short_video__launches') }} as launches
    cross join horizon

),

-- What was promised within three months is judged by then.
changes as (

    select all_changes.*
    from {{ ref('short_video__adoption_changes') }} as all_changes
    cross join launch
    where all_changes.compared_on <= launch.deadline

),

judged_window as (

    select
        min(changes.adoption_week) as started_on,
        max(changes.compared_on) as observed_until,
        {{ days_between('min(changes.adoption_week)', 'max(changes.compared_on)') }} as days_observed,
        max(launch.deadline) <= cast({{ dbt.dateadd('day', 1, 'max(launch.last_day)') }} as date) as is_final
    from changes
    cross join launch

),
{% for name, metric in metrics.items() %}
    {{ name }}_changes as (

        select *
        from changes
        where {{ metric.users }}

    ),

    {{ name }}_effect as (

        {{ difference_in_differences(
            name ~ '_changes', metric.value ~ '_before', metric.value ~ '_after', 'adopter', 'not yet',
            strata=['cohort'], cluster='user_id',
        ) | trim | indent(8) }}

    ),

    {{ name }}_naive as (

        select
            avg(case when variant = 'adopter' then {{ metric.level }}_after end)
            / nullif(avg(case when variant = 'adopter' then {{ metric.level }}_before end), 0) - 1 as pre_post_lift,
            avg(case when variant = 'adopter' then {{ metric.level }}_after end)
            / nullif(avg(case when variant = 'not yet' then {{ metric.level }}_after end), 0) - 1
                as adopters_against_others
        from {{ name }}_changes

    ),
{% endfor %}
effects as (

    {% for name in metrics -%}
        select
            {{ sql_text(name) }} as metric,
            {{ name }}_effect.*,
            {{ name }}_naive.pre_post_lift,
            {{ name }}_naive.adopters_against_others
        from {{ name }}_effect
        cross join {{ name }}_naive
        {{ 'union all' if not loop.last }}
    {% endfor %}

),

tested_effects as (

    {{ holm_adjusted('effects', [
        'metric', 'treated_units', 'comparison_units', 'strata', 'overlap', 'treated_value', 'counterfactual',
        'difference', 'interval_low', 'interval_high', 'lift', 'lift_low', 'lift_high', 'pre_post_lift',
        'adopters_against_others',
    ]) | trim | indent(4) }}

),

variants as (

    select 'adopters' as variant
    union all
    select 'counterfactual' as variant

)

select
    tested_effects.metric,
    variants.variant,
    judged_window.started_on,
    judged_window.observed_until,
    judged_window.days_observed,
    judged_window.is_final,
    tested_effects.strata,
    tested_effects.overlap,
    tested_effects.difference,
    tested_effects.interval_low as difference_low,
    tested_effects.interval_high as difference_high,
    tested_effects.lift,
    tested_effects.lift_low,
    tested_effects.lift_high,
    tested_effects.p_value,
    tested_effects.adjusted_p_value,
    tested_effects.pre_post_lift,
    tested_effects.adopters_against_others,
    cast(tested_effects.treated_units as bigint) as treated_units,
    cast(tested_effects.comparison_units as bigint) as comparison_units,
    case
        when variants.variant = 'adopters' then tested_effects.treated_value
        else tested_effects.counterfactual
    end as estimate,
    coalesce(tested_effects.lift > 0 and tested_effects.adjusted_p_value < 0.05e0, false) as is_better_beyond_chance
from tested_effects
cross join variants
cross join judged_window
