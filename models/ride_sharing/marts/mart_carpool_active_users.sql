with

carpool_rider_days as (

    select *
    from {{ recent(ref('fct_ride_sharing__rider_days'), 'ride_date', 27) }}
    where ride_type = 'carpool'

)

{{ rolling_active_users(
    rows='carpool_rider_days',
    user='rider_id',
    day='ride_date',
    dates=ref('dim_ride_sharing__dates'),
    windows={'dau': 1, 'wau': 7, 'mau': 28},
) }}
