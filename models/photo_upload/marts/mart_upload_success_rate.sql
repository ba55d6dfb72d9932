with

-- Flows and attempts are counted side by side: a flow has several photos, and a photo several attempts.
flows_and_attempts as (

    select
        flow_date,
        platform,
        region,
        network_type,
        1 as flows,
        uploaded_events as successes,
        case when reached_transfer_started is not null and outcome <> 'pending' then 1 else 0 end as transfer_flows,
        case when outcome = 'completed' then 1 else 0 end as completed_flows,
        cast(null as {{ engine_type('string') }}) as attempt_outcome,
        0 as attempt_number
    from {{ recent(ref('fct_photo_upload__flows')) }}
    union all
    select
        flow_date,
        platform,
        region,
        network_type,
        0 as flows,
        0 as successes,
        0 as transfer_flows,
        0 as completed_flows,
        outcome as attempt_outcome,
        attempt_number
    from {{ recent(ref('fct_photo_upload__attempts')) }}

)

{%- set succeeded = "attempt_outcome = 'succeeded'" %}
-- Who stopped a transfer was not failed by it.
{%- set judged = "attempt_outcome in ('succeeded', 'failed', 'lost')" %}

{{ metric_by_period(
    rows='flows_and_attempts',
    day='flow_date',
    dates=ref('dim_photo_upload__dates'),
    statistics={
        'value': {
            'numerator': 'sum(successes)',
            'denominator': 'sum(flows)',
        },
        'of_attempts': {
            'numerator': 'count(case when ' ~ succeeded ~ ' then 1 end)',
            'denominator': 'count(case when ' ~ judged ~ ' then 1 end)',
        },
        'of_first_attempts': {
            'numerator': 'count(case when ' ~ succeeded ~ ' and attempt_number = 1 then 1 end)',
            'denominator': 'count(case when ' ~ judged ~ ' and attempt_number = 1 then 1 end)',
        },
        'of_transfer_flows': {
            'numerator': 'sum(completed_flows)',
            'denominator': 'sum(transfer_flows)',
        },
    },
    requires=[ref('fct_photo_upload__flows') ~ ' where uploaded_events > 0', ref('fct_photo_upload__attempts')],
) }}
