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
            'numerator': 'sum(rider_count)',
            'denominator': 'count(*)',
        },
        'occupancy': {
            'numerator': 'sum(rider_seconds)',
            'denominator': 'sum(duration_seconds) filter (where rider_seconds is not null)',
        },
    },
) }}
