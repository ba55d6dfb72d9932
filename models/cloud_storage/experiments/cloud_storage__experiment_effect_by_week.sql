{#-
    A novelty wears off and a habit grows: the same users, week by week since each was first exposed. Four weeks
    are what the last group of the plan has; users who come after it join in.
-#}
{%- set experiment = quick_access_experiment() %}
{%- set treatment = experiment.shares | reject('equalto', experiment.control) | first %}
{%- set keys = ['week_since_exposure'] %}

with

-- Who meets another variant, however late, tells of neither.
user_weeks as (

    select user_weeks.*
    from {{ ref('fct_cloud_storage__exposed_user_weeks') }} as user_weeks
    inner join {{ ref('dim_cloud_storage__users') }} as known_users
        on user_weeks.user_id = known_users.user_id
    where known_users.other_variant_at is null

),

weekly_statistics as (

    {{ sufficient_statistics('user_weeks', {
        'manual_searches_per_user': {'numerator': 'searches / 7'},
        'time_to_file_open': {'numerator': 'common_open_seconds', 'denominator': 'common_opens'},
        'files_opened_per_user': {'numerator': 'files_opened / 7'},
        'sessions_per_user': {'numerator': 'sessions / 7'},
    }, by=keys) | trim | indent(4) }}

),

effects as (

    {{ mean_difference('weekly_statistics', treatment, experiment.control, by=keys) | trim | indent(4) }}

)

select * from effects
