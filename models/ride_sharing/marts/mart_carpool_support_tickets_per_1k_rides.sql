with

-- Each on its own day: a ticket may be written days after its ride.
rides_and_tickets as (

    select
        ride_date as event_date,
        city,
        platform,
        rider_tenure,
        time_of_day,
        1 as rides,
        0 as tickets
    from {{ recent(ref('fct_ride_sharing__rides'), 'ride_date', period_days()) }}
    where ride_type = 'carpool'
    union all
    select
        ticket_date as event_date,
        city,
        platform,
        rider_tenure,
        time_of_day,
        0 as rides,
        1 as tickets
    from {{ recent(ref('fct_ride_sharing__tickets'), 'ticket_date', period_days()) }}
    where ride_type = 'carpool'

)

{{ metric_by_period(
    rows='rides_and_tickets',
    day='event_date',
    dates=ref('dim_ride_sharing__dates'),
    statistics={
        'value': {
            'numerator': '1000 * sum(tickets)',
            'denominator': 'sum(rides)',
        },
    },
    requires=[ref('fct_ride_sharing__tickets')],
) }}
