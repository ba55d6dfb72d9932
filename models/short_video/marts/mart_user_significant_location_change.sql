{%- set methods = ['is_by_days', 'is_by_profile', 'is_by_local_evidence'] -%}
{%- set statistics = {'value': {'numerator': 'sum(changes)', 'denominator': 'sum(located_days) / 1000e0'}} -%}
{%- for method in methods -%}
    {%- do statistics.update({method[3:]: {'numerator': 'sum(' ~ method ~ ')', 'denominator': 'sum(changes)'}}) -%}
{%- endfor %}

with

days_and_changes as (

    select
        tenures.location_date as activity_date,
        coalesce(known_users.platform, 'unknown') as platform,
        coalesce(known_users.country, 'unknown') as country,
        1 as located_days,
        0 as changes,
        {{ columns_of_each(methods, '0 as %s') }}
    from {{ recent(ref('fct_short_video__city_tenures')) }} as tenures
    left join {{ ref('dim_short_video__users') }} as known_users
        on tenures.user_id = known_users.user_id
    union all
    select
        detected_on as activity_date,
        platform,
        country,
        0 as located_days,
        1 as changes,
        {{ columns_of_each(methods, 'case when %s then 1 else 0 end as %s') }}
    from {{ recent(ref('fct_short_video__location_changes')) }}

)

{{ metric_by_period(
    rows='days_and_changes',
    day='activity_date',
    dates=ref('dim_short_video__dates'),
    statistics=statistics,
    requires=[ref('fct_short_video__location_signals')],
) }}
