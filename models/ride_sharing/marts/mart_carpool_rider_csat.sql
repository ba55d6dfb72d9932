with

rider_opinions as (

    select *
    from {{ recent(ref('fct_ride_sharing__ratings'), 'rating_date', period_days()) }}
    where
        ride_type = 'carpool'
        and rated_type = 'driver'

)

{{ metric_by_period(
    rows='rider_opinions',
    day='rating_date',
    dates=ref('dim_ride_sharing__dates'),
    statistics={
        'value': {
            'numerator': 'sum(rating_score)',
            'denominator': 'count(*)',
        },
    },
) }}
