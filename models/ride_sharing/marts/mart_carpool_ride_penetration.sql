with

rides as (

    select * from {{ recent(ref('fct_ride_sharing__rides'), 'ride_date', period_days()) }}

)

{{ metric_by_period(
    rows='rides',
    day='ride_date',
    dates=ref('dim_ride_sharing__dates'),
    statistics={
        'value': {
            'numerator': "count(*) filter (where ride_type = 'carpool')",
            'denominator': 'count(*)',
        },
    },
) }}
