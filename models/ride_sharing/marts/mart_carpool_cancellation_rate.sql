with

-- Cancellations and matches are events of their own days; requests carry both outcomes of one rider's try.
matches_cancellations_and_requests as (

    select
        match_date as event_date,
        city,
        platform,
        rider_tenure,
        time_of_day,
        1 as matches,
        0 as cancellations,
        0 as matched_requests,
        0 as matched_requests_cancelled
    from {{ recent(ref('fct_ride_sharing__matches'), 'match_date', period_days()) }}
    union all
    select
        cancellation_date as event_date,
        city,
        platform,
        rider_tenure,
        time_of_day,
        0 as matches,
        1 as cancellations,
        0 as matched_requests,
        0 as matched_requests_cancelled
    from {{ recent(ref('fct_ride_sharing__cancellations'), 'cancellation_date', period_days()) }}
    where ride_type = 'carpool'
    union all
    select
        request_date as event_date,
        city,
        platform,
        rider_tenure,
        time_of_day,
        0 as matches,
        0 as cancellations,
        1 as matched_requests,
        case when is_cancelled_after_match then 1 else 0 end as matched_requests_cancelled
    from {{ recent(ref('fct_ride_sharing__requests'), 'request_date', period_days()) }}
    where is_matched

)

{{ metric_by_period(
    rows='matches_cancellations_and_requests',
    day='event_date',
    dates=ref('dim_ride_sharing__dates'),
    statistics={
        'value': {
            'numerator': 'sum(cancellations)',
            'denominator': 'sum(matches)',
        },
        'after_match': {
            'numerator': 'sum(matched_requests_cancelled)',
            'denominator': 'sum(matched_requests)',
        },
    },
    requires=[ref('fct_ride_sharing__cancellations'), ref('fct_ride_sharing__matches')],
) }}
