{#- How often each flow reaches a step at which it may fail. -#}
{%- set reached = {
    'selection': '1',
    'editing': 'edit_opened_events',
    'transfer': 'transfer_started_events',
    'processing': 'processed_attempts',
} -%}

with

processed as (

    select
        user_id,
        session_id,
        count(*) as attempts
    from {{ recent(ref('fct_photo_upload__attempts')) }}
    where
        outcome = 'succeeded'
        or failure_step = 'processing'
    group by
        user_id,
        session_id

),

failures as (

    select
        user_id,
        session_id,
        failure_step,
        count(*) as failures,
        count(case when not is_cancelled then 1 end) as errors
    from {{ recent(ref('fct_photo_upload__failures')) }}
    group by
        user_id,
        session_id,
        failure_step

),

flows as (

    select
        flows.*,
        coalesce(processed.attempts, 0) as processed_attempts
    from {{ recent(ref('fct_photo_upload__flows')) }} as flows
    left join processed
        on
            flows.user_id = processed.user_id
            and flows.session_id = processed.session_id

),

steps as (

    {%- for step, reaches in reached.items() %}
        select
            user_id,
            session_id,
            flow_date,
            platform,
            network_type,
            {{ sql_text(step) }} as failure_step,
            {{ reaches }} as times_reached
        from flows
        {{ 'union all' if not loop.last }}
    {%- endfor %}

),

steps_and_failures as (

    select
        steps.*,
        coalesce(failures.failures, 0) as failures,
        coalesce(failures.errors, 0) as errors
    from steps
    left join failures
        on
            steps.user_id = failures.user_id
            and steps.session_id = failures.session_id
            and steps.failure_step = failures.failure_step

)

{{ metric_by_period(
    rows='steps_and_failures',
    day='flow_date',
    dates=ref('dim_photo_upload__dates'),
    statistics={
        'value': {
            'numerator': 'sum(failures)',
            'denominator': 'sum(times_reached)',
        },
        'flows_failing': {
            'numerator': 'count(case when times_reached > 0 and errors > 0 then 1 end)',
            'denominator': 'count(case when times_reached > 0 then 1 end)',
        },
    },
    requires=[ref('fct_photo_upload__flows'), ref('fct_photo_upload__failures')],
) }}
