{#-
    A novelty wears off, and a ranking learns: the same users, week by week since each was first exposed. It is of the
    variant that is to replace the control, and of who has been observed for four weeks; users who come after the plan
    join in.
-#}
{%- set experiment = feed_ranking_experiment() %}
{%- set sums = ['positives', 'impressions', 'discoveries', 'discoverable_impressions', 'negatives', 'feed_ms'] %}
{%- set keys = ['week_since_exposure'] %}

with

{{ feed_ranking_exposures() | trim }},

observed_users as (

    select
        units.unit_id,
        units.variant,
        cast(units.exposed_at as date) as exposed_on
    from ({{ first_exposures('exposures') | trim | indent(4) }}) as units
    inner join {{ ref('dim_news_feed__dates') }} as last_days
        on
            last_days.date_day = cast({{ dbt.dateadd('day', 27, 'units.exposed_at') }} as date)
            and last_days.is_complete_day
    where not units.in_several_variants

),

weeks as (

    {% for week in range(4) %}
        select cast({{ week }} as {{ engine_type('integer') }}) as week_since_exposure
        {{ 'union all' if not loop.last }}
    {% endfor %}

),

-- Every user has each week: who stays away has zeros.
user_weeks as (

    select
        observed_users.unit_id,
        observed_users.variant,
        weeks.week_since_exposure,
        {{ columns_of_each(sums, 'coalesce(sum(user_days.%s), 0) as %s') }}
    from observed_users
    cross join weeks
    left join {{ ref('fct_news_feed__user_days') }} as user_days
        on
            observed_users.unit_id = user_days.user_id
            and observed_users.variant = user_days.variant
            and user_days.activity_date
            >= cast({{ dbt.dateadd('day', '7 * weeks.week_since_exposure', 'observed_users.exposed_on') }} as date)
            and user_days.activity_date
            < cast({{ dbt.dateadd('day', '7 * weeks.week_since_exposure + 7', 'observed_users.exposed_on') }} as date)
    group by
        observed_users.unit_id,
        observed_users.variant,
        weeks.week_since_exposure

),

weekly_statistics as (

    {{ sufficient_statistics('user_weeks', {
        'positive_interaction_rate': {'numerator': 'positives', 'denominator': 'impressions'},
        'discovery_rate': {'numerator': 'discoveries', 'denominator': 'discoverable_impressions'},
        'negative_interaction_rate': {'numerator': 'negatives', 'denominator': 'impressions'},
        'time_per_user_day': {'numerator': 'feed_ms / 420000e0'},
    }, by=keys) | trim | indent(4) }}

),

effects as (

    {{ mean_difference('weekly_statistics', feed_ranking_change(), experiment.control, by=keys) | trim | indent(4) }}

)

select * from effects
