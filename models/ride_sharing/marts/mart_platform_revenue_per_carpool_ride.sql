with

carpool_rides as (

    select *
    from {{ recent(ref('fct_ride_sharing__rides'), 'ride_date', period_days()) }}
    where ride_type = 'carpool'

)

{{ metric_by_period(
    rows='carpool_rides',
    day='ride_date',
    dates=ref('dim_ride_sharing__dates'),
    statistics={
        'value': {
            'numerator': 'sum(fare_usd_platform_share)',
            'denominator': 'count(*)',
        },
    },
) }}
