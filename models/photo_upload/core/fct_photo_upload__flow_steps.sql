{#- Of a step that a flow did not reach there is a row, too: a rate needs what did not happen. -#}
{%- set names = upload_step_names() -%}
{%- for name in names %}
    {%- set before = upload_step_before(name) %}
    select
        session_id,
        user_id,
        flow_date,
        platform,
        app_version,
        region,
        network_type,
        source,
        {{ sql_text(name) }} as step,
        {{ loop.index }} as step_number,
        reached_{{ name }} is not null as is_reached,
        {{ 'reached_' ~ before ~ ' is not null' if before else 'true' }} as is_step_before_reached,
        case
            when reached_{{ name }} is null then null
            when last_step <> {{ sql_text(name) }} then 'went_on'
            else outcome
        end as fate,
        {{ '1' if loop.first else name ~ '_events' }} as events,
        {{ '1' if before in [none, names[0]] else before ~ '_events' }} as events_before
    from {{ recent(ref('fct_photo_upload__flows'), days_before=0) }}
    {{ 'union all' if not loop.last }}
{%- endfor %}
{{ in_order_of('flow_date') }}
