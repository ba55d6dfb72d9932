with

requests as (

    select * from {{ recent(ref('fct_ride_sharing__requests'), 'request_date', period_days()) }}

)

{{ metric_by_period(
    rows='requests',
    day='request_date',
    dates=ref('dim_ride_sharing__dates'),
    statistics={
        'value': {
            'numerator': 'sum(matches)',
            'denominator': 'count(*)',
        },
        'matched_requests': {
            'numerator': 'count(*) filter (where is_matched)',
            'denominator': 'count(*)',
        },
    },
    requires=[ref('fct_ride_sharing__matches')],
) }}
