with

days_and_flags as (

    select
        tenures.location_date as activity_date,
        coalesce(known_users.platform, 'unknown') as platform,
        coalesce(known_users.country, 'unknown') as country,
        1 as located_days,
        case when tenures.has_switched then 1 else 0 end as switches,
        0 as flags,
        0e0 as consistency_score,
        0 as supported_flags
    from {{ recent(ref('fct_short_video__city_tenures')) }} as tenures
    left join {{ ref('dim_short_video__users') }} as known_users
        on tenures.user_id = known_users.user_id
    union all
    select
        flagged_on as activity_date,
        platform,
        country,
        0 as located_days,
        0 as switches,
        1 as flags,
        consistency_score,
        case when is_supported then 1 else 0 end as supported_flags
    from {{ recent(ref('fct_short_video__potential_moves')) }}

)

{{ metric_by_period(
    rows='days_and_flags',
    day='activity_date',
    dates=ref('dim_short_video__dates'),
    statistics={
        'value': {'numerator': 'sum(flags)', 'denominator': 'sum(located_days) / 1000e0'},
        'switches': {'numerator': 'sum(switches)', 'denominator': 'sum(located_days) / 1000e0'},
        'consistency': {'numerator': 'sum(consistency_score)', 'denominator': 'sum(flags)'},
        'supported': {'numerator': 'sum(supported_flags)', 'denominator': 'sum(flags)'},
    },
    requires=[ref('fct_short_video__location_signals')],
) }}
