with

rides as (

    select
        *,
        duration_seconds / 3600e0 as duration_hours
    from {{ recent(ref('fct_ride_sharing__rides'), 'ride_date', period_days()) }}

)

{{ metric_by_period(
    rows='rides',
    day='ride_date',
    dates=ref('dim_ride_sharing__dates'),
    statistics={
        'value': {
            'numerator': 'sum(fare_usd_driver_share)',
            'denominator': 'sum(duration_hours)',
        },
    },
) }}
