with

timed_steps as (

    select
        *,
        case when is_machine_step then step_seconds end as machine_seconds
    from {{ recent(ref('fct_photo_upload__timed_steps')) }}
    where is_possible

)

{%- set settings = {
    'rows': 'timed_steps',
    'is_done': 'true',
    'day': 'flow_date',
    'dates': ref('dim_photo_upload__dates'),
    'requires': [ref('fct_photo_upload__timed_steps')],
} %}

select * from (
    {{ durations_by_period(
        duration='step_seconds',
        statistics={'p50': {'level': 0.5, 'of': 'done'}, 'p90': {'level': 0.9, 'of': 'done'}},
        **settings
    ) | trim | indent(4) }}
) as all_steps
union all
select * from (
    {{ durations_by_period(
        duration='machine_seconds',
        statistics={'p90_machine': {'level': 0.9, 'of': 'done'}},
        **settings
    ) | trim | indent(4) }}
) as machine_steps
