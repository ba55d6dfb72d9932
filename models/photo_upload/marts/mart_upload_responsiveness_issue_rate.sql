with

flows as (

    select *
    from {{ recent(ref('fct_photo_upload__flows')) }}

)

{{ metric_by_period(
    rows='flows',
    day='flow_date',
    dates=ref('dim_photo_upload__dates'),
    statistics={
        'value': {
            'numerator': 'sum(issue_events)',
            'denominator': 'count(*)',
        },
        'flows_affected': {
            'numerator': 'count(case when issue_events > 0 then 1 end)',
            'denominator': 'count(*)',
        },
    },
    requires=[ref('fct_photo_upload__flows') ~ ' where issue_events > 0'],
) }}
