{#- Each day of coming back, with the group that was known before it. -#}
{%- set outcomes = {'d1': 1, 'd7': 7, 'd30': 30} -%}

with

new_users as (

    select
        new_users.*,
        dates.week_start
    from {{ ref('fct_short_video__new_users') }} as new_users
    inner join {{ ref('dim_short_video__dates') }} as dates
        on new_users.signup_date = dates.date_day

),

horizon as (

    select max(date_day) as last_day
    from {{ ref('dim_short_video__dates') }}
    where is_complete_day

),
{% for name, days in outcomes.items() %}
    {{ name }}_users as (

        select
            new_users.signup_date,
            new_users.platform,
            new_users.country,
            new_users.ever_used_reels,
            coalesce(new_users.{{ name }}_group, 'pending') as landmark_group,
            new_users.is_{{ name }}
        from new_users
        cross join horizon
        -- Of a cohort that is open nothing is said, or its first days would stand for all of it.
        where {{ days_between('new_users.week_start', 'horizon.last_day') }} >= {{ 6 + days }}

    ),

    {{ name }}_cohorts as (

        {{ metric_by_period(
            rows=name ~ '_users',
            day='signup_date',
            dates=ref('dim_short_video__dates'),
            statistics={
                ('value' if name == 'd30' else name): {
                    'numerator': 'sum(is_' ~ name ~ ')',
                    'denominator': 'count(is_' ~ name ~ ')',
                },
            },
            requires=[ref('fct_short_video__new_users')],
            cohort_days=days,
        ) | trim | indent(8) }}

    ){{ ',' if not loop.last }}
{% endfor %}

{% for name in outcomes -%}
    select * from {{ name }}_cohorts
    {{ 'union all' if not loop.last }}
{% endfor %}
