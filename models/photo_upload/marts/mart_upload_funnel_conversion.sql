with

flow_steps as (

    select
        *,
        case when is_reached then 1 else 0 end as reached,
        case when is_step_before_reached then 1 else 0 end as reached_before
    from {{ recent(ref('fct_photo_upload__flow_steps')) }}

)

{%- set last = upload_step_names() | last %}

{{ metric_by_period(
    rows='flow_steps',
    day='flow_date',
    dates=ref('dim_photo_upload__dates'),
    statistics={
        'value': {
            'numerator': sum_of_step('events', last),
            'denominator': sum_of_step('events_before', last),
        },
        'from_start': {
            'numerator': sum_of_step('reached', last),
            'denominator': sum_of_step('1', last),
        },
        'from_previous': {
            'numerator': sum_of_step('reached', last),
            'denominator': sum_of_step('reached_before', last),
        },
    },
    requires=[ref('fct_photo_upload__flows')],
) }}
