with

flows as (

    select
        *,
        reached_transfer_started is not null as has_transfer
    from {{ recent(ref('fct_photo_upload__flows')) }}

)

{{ metric_by_period(
    rows='flows',
    day='flow_date',
    dates=ref('dim_photo_upload__dates'),
    statistics={
        'value': {
            'numerator': 'sum(failed_events + cancelled_events)',
            'denominator': 'count(*)',
        },
        'of_flows': {
            'numerator': "count(case when outcome = 'failed' then 1 end)",
            'denominator': "count(case when outcome <> 'pending' then 1 end)",
        },
        'of_transfers': {
            'numerator': "count(case when has_transfer and outcome = 'failed' then 1 end)",
            'denominator': "count(case when has_transfer and outcome <> 'pending' then 1 end)",
        },
    },
    requires=[ref('fct_photo_upload__flows') ~ ' where failed_events + cancelled_events > 0'],
) }}
