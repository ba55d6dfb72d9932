with

first_rides as (

    select
        riders.rider_id,
        riders.first_ride_type,
        riders.first_ride_date,
        riders.first_ride_platform as platform,
        ride_riders.city,
        ride_riders.time_of_day
    from {{ recent(ref('dim_ride_sharing__riders'), 'first_ride_date', period_days()) }} as riders
    inner join
        {{ recent(ref('fct_ride_sharing__ride_riders'), 'ride_date', period_days() + linked_days()) }} as ride_riders
        on
            riders.first_ride_id = ride_riders.ride_id
            and riders.rider_id = ride_riders.rider_id
            and {{ happened_near('riders.first_ride_date', 'ride_riders.ride_date') | indent(12) }}

)

{{ metric_by_period(
    rows='first_rides',
    day='first_ride_date',
    dates=ref('dim_ride_sharing__dates'),
    statistics={
        'value': {
            'numerator': "count(*) filter (where first_ride_type = 'carpool')",
            'denominator': 'count(*)',
        },
    },
) }}
