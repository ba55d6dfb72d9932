with

legs as (

    select
        *,
        detour_seconds / 60e0 as detour_minutes,
        -- A rider with two legs on a ride is one rider; the first leg stands for the rider.
        case
            when row_number() over (partition by ride_id, ride_date, rider_id order by picked_up_at, leg_id) = 1 then 1
            else 0
        end as is_first_leg
    from {{ recent(ref('fct_ride_sharing__legs'), 'ride_date', period_days()) }}

)

{{ metric_by_period(
    rows='legs',
    day='ride_date',
    dates=ref('dim_ride_sharing__dates'),
    statistics={
        'value': {
            'numerator': 'sum(detour_minutes)',
            'denominator': 'count(*)',
        },
        'per_rider': {
            'numerator': 'sum(detour_minutes)',
            'denominator': 'sum(is_first_leg)',
        },
    },
) }}
