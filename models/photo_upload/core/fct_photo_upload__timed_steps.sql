{#- A step of the user lasts from one event to the next; the app's own time in the background is not the user's. -#}
{%- set between = [
    ('selecting', 'initiated', 'media_selected'),
    ('opening_editor', 'media_selected', 'edit_opened'),
    ('editing', 'edit_opened', 'caption_opened'),
    ('composing', 'caption_opened', 'transfer_started'),
] -%}
{%- set events = {
    'media_selected': 'upload_media_selected',
    'edit_opened': 'upload_edit_screen_opened',
    'caption_opened': 'upload_caption_screen_opened',
    'transfer_started': 'upload_attempt_started',
} -%}

with

flows as (

    select *
    from {{ recent(ref('fct_photo_upload__flows')) }}

),

opened_screens as (

    {%- for name, event in events.items() %}
        select
            user_id,
            session_id,
            {{ sql_text(name) }} as screen,
            event_id,
            event_at,
            background_seconds
        from {{ recent(ref('stg_photo_upload__' ~ event)) }}
        {{ 'union all' if not loop.last }}
    {%- endfor %}

),

first_screens as (

    select
        flows.user_id,
        flows.session_id,
        screens.screen,
        screens.event_at,
        screens.background_seconds,
        row_number() over (
            partition by flows.user_id, flows.session_id, screens.screen order by screens.event_at, screens.event_id
        ) as place
    from opened_screens as screens
    inner join flows
        on
            screens.user_id = flows.user_id
            and screens.session_id = flows.session_id
            and {{ happened_near('screens.event_at', 'flows.flow_date') | indent(12) }}

),

flow_screens as (

    select
        user_id,
        session_id,
        {{ columns_of_each(events, "max(case when screen = '%s' then event_at end) as %s_at") }},
        {{ columns_of_each(events, "max(case when screen = '%s' then background_seconds end) as %s_background") }}
    from first_screens
    where place = 1
    group by
        user_id,
        session_id

),

steps as (

    {%- for step, begins, ends in between %}
        {%- set begun_at = 'flows.started_at' if begins == 'initiated' else 'screens.' ~ begins ~ '_at' %}
        select
            flows.user_id,
            flows.session_id,
            {{ sql_text(step) }} as step_id,
            {{ sql_text(step) }} as step,
            false as is_machine_step,
            {{ begun_at }},
            screens.{{ ends }}_at as ended_at,
            {{ seconds_between(begun_at, 'screens.' ~ ends ~ '_at') }} as elapsed_seconds,
            screens.{{ ends }}_background as background_seconds
        from flows
        inner join flow_screens as screens
            on
                flows.user_id = screens.user_id
                and flows.session_id = screens.session_id
        where
            screens.{{ ends }}_at is not null
            {%- if begins != 'initiated' %}
                and screens.{{ begins }}_at is not null
            {%- endif %}
        union all
    {%- endfor %}
    select
        user_id,
        session_id,
        event_id as step_id,
        case metric_name when 'time_to_load_gallery_ms' then 'loading_gallery' else 'applying_filter' end as step,
        true as is_machine_step,
        event_at as started_at,
        event_at as ended_at,
        value_ms / 1e3 as elapsed_seconds,
        0 as background_seconds
    from {{ recent(ref('stg_photo_upload__client_performance_metric')) }}
    {%- for step in ['transfer', 'processing'] %}
        union all
        select
            user_id,
            session_id,
            {{ sql_text(step ~ ' ') }} || attempt_id as step_id,
            {{ sql_text({'transfer': 'transferring'}.get(step, step)) }} as step,
            true as is_machine_step,
            started_at,
            started_at as ended_at,
            {{ step }}_seconds as elapsed_seconds,
            0 as background_seconds
        from {{ recent(ref('fct_photo_upload__attempts')) }}
        where {{ step }}_seconds is not null
    {%- endfor %}

)

select
    flows.user_id,
    flows.session_id,
    steps.step_id,
    steps.step,
    steps.is_machine_step,
    steps.started_at,
    steps.ended_at,
    flows.flow_date,
    flows.platform,
    flows.app_version,
    flows.region,
    flows.network_type,
    cast(steps.elapsed_seconds - steps.background_seconds as {{ engine_type('double') }}) as step_seconds,
    -- A clock that was set back spoils all that it timed in the flow, before and after.
    min(case when not steps.is_machine_step then steps.elapsed_seconds - steps.background_seconds end)
        over (partition by flows.user_id, flows.session_id)
    >= 0 or steps.is_machine_step as is_possible
from steps
inner join flows
    on
        steps.user_id = flows.user_id
        and steps.session_id = flows.session_id
        and {{ happened_near('steps.started_at', 'flows.flow_date') | indent(8) }}
{{ in_order_of('flows.flow_date') }}
