{#-
    A query of one row per flow, from its first step on. Columns: those of `by`, flow_id, started_at, reached_<step>
    (the time at which it reached each step, null where it did not), last_step (the last one it reached) and
    outcome:
      completed  it reached the last step
      failed     no further step, and one of `failures` from the last step on, within the window
      pending    neither, and its window was still open at `as_of`
      left       none of these

    events    a relation with one row per event: flow_id, step, happened_at, and the columns of `by`, which are of the flow
    steps     the steps in their order: names or, of a step that may be skipped, {name: ..., optional: true}; the
              first and the last one are not optional
    window    seconds from the first step in which the others count
    as_of     the time up to which events are known, as SQL
    failures  values of `step` that say that a flow has failed

    A step is reached at its first event that is not before the last step reached: who goes back and forth is counted
    once, and an event that came too early counts for nothing. An optional step is looked for between its neighbours,
    so one after the next required step does not count.
-#}

{% macro funnel_flows(events, steps, window, as_of, failures=[], by=[]) %}
    {%- set names, required = [], [] %}
    {%- for step in steps %}
        {%- set step = step if step is mapping else {'name': step} %}
        {%- do names.append(step.name) %}
        {%- do required.append(step.name) if not step.get('optional') %}
    {%- endfor %}
    {%- if names[0] != required[0] or names[-1] != required[-1] %}
        {{- exceptions.raise_compiler_error('funnel_flows: the first and the last step are not optional') }}
    {%- endif %}
    {%- set keys = by + ['flow_id'] %}
    with started as (

        select
            {{ keys | join(', ') }},
            min(happened_at) as reached_{{ names[0] }}
        from {{ events }}
        where step = {{ sql_text(names[0]) }}
        group by {{ keys | join(', ') }}

    )

    {#- Required steps first, each from the one before it; then what is optional lies between two of them. #}
    {%- set chain = ['started'] %}
    {%- for name in required[1:] + (names | reject('in', required) | list) %}
        {%- set place = names.index(name) %}
        {%- set before = names[:place] | select('in', required) | list | last %}
        {%- set after = names[place + 1:] | select('in', required) | list %},

    with_{{ name }} as (

        select
            flows.*,
            (
                select min(events.happened_at)
                from {{ events }} as events
                where
                    events.flow_id = flows.flow_id
                    and events.step = {{ sql_text(name) }}
                    and events.happened_at >= flows.reached_{{ before }}
                    and {{ seconds_between('flows.reached_' ~ names[0], 'events.happened_at') }} <= {{ window }}
                    {%- if name not in required %}
                    and (flows.reached_{{ after[0] }} is null or events.happened_at <= flows.reached_{{ after[0] }})
                    {%- endif %}
            ) as reached_{{ name }}
        from {{ chain[-1] }} as flows

    )
        {%- do chain.append('with_' ~ name) %}
    {%- endfor %},

    last_steps as (

        select
            flows.*,
            case
            {%- for name in names | reverse %}
                when reached_{{ name }} is not null then {{ sql_text(name) }}
            {%- endfor %}
            end as last_step,
            case
            {%- for name in names | reverse %}
                when reached_{{ name }} is not null then reached_{{ name }}
            {%- endfor %}
            end as last_step_at
        from {{ chain[-1] }} as flows

    )

    select
        {{ keys | join(', ') }},
        reached_{{ names[0] }} as started_at,
        {%- for name in names %}
        reached_{{ name }},
        {%- endfor %}
        last_step,
        case
            when last_step = {{ sql_text(names[-1]) }} then 'completed'
            {%- if failures %}
            when exists (
                select 1
                from {{ events }} as events
                where
                    events.flow_id = flows.flow_id
                    and events.step in ({{ sql_texts(failures) }})
                    and events.happened_at >= flows.last_step_at
                    and {{ seconds_between('flows.reached_' ~ names[0], 'events.happened_at') }} <= {{ window }}
            ) then 'failed'
            {%- endif %}
            when {{ seconds_between('reached_' ~ names[0], as_of) }} < {{ window }} then 'pending'
            else 'left'
        end as outcome
    from last_steps as flows
{% endmacro %}
