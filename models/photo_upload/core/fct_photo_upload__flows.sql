{#- Each event that belongs to a flow, by what it says of it. -#}
{%- set events = [
    ('upload_media_selected', "'media_selected'"),
    ('upload_edit_screen_opened', "'edit_opened'"),
    ('upload_caption_screen_opened', "'caption_opened'"),
    ('upload_attempt_started', "'transfer_started'"),
    ('upload_success', "'uploaded'"),
    ('upload_failure', "case when error_code = " ~ sql_text(cancelled_code()) ~ " then 'cancelled' else 'failed' end"),
    ('upload_edit_action', "case when edit_tool_used like 'filter%' then 'filter' else edit_tool_used end"),
    ('upload_metadata_added', 'metadata_type'),
    ('upload_draft_saved', "'draft_saved'"),
    ('upload_retry_attempt', "'retried'"),
    ('app_responsiveness_issue', "'issue'"),
] -%}
{%- set counted = [
    'media_selected', 'edit_opened', 'caption_opened', 'transfer_started', 'uploaded', 'failed', 'cancelled', 'filter',
    'crop', 'brightness', 'caption', 'user_tag', 'location_tag', 'draft_saved', 'retried', 'issue',
] -%}

with

flows as (

    select
        session_id,
        user_id,
        event_at,
        received_at,
        platform,
        app_version,
        country,
        region,
        network_type,
        source,
        draft_id,
        cast(event_at as date) as flow_date,
        -- Two users may have logged the same id.
        user_id || ' ' || session_id as flow_id
    from {{ recent(ref('stg_photo_upload__upload_flow_initiated')) }}

),

logged_events as (

    {%- for event, step in events %}
        select
            user_id,
            session_id,
            event_at,
            {{ step }} as step
        from {{ recent(ref('stg_photo_upload__' ~ event)) }}
        {{ "where during_flow = 'upload'" if event == 'app_responsiveness_issue' }}
        {{ 'union all' if not loop.last }}
    {%- endfor %}

),

flow_events as (

    select
        flow_id,
        'initiated' as step,
        event_at as happened_at
    from flows
    union all
    select
        flows.flow_id,
        events.step,
        events.event_at as happened_at
    from logged_events as events
    inner join flows
        on
            events.user_id = flows.user_id
            and events.session_id = flows.session_id
            and {{ happened_near('events.event_at', 'flows.flow_date') | indent(12) }}

),

event_counts as (

    select
        flow_id,
        {{ columns_of_each(counted, "count(case when step = '%s' then 1 end) as %s_events") }}
    from flow_events
    group by flow_id

),

known_until as (

    select max(received_at) as known_until
    from flows

),

funnel as (

    {{ funnel_flows(
        'flow_events',
        upload_steps(),
        window=upload_window_seconds(),
        as_of='(select known_until from known_until)',
        failures=['failed'],
    ) | trim | indent(4) }}

),

drafts as (

    select
        user_id,
        session_id,
        min(draft_id) as draft_id
    from {{ recent(ref('stg_photo_upload__upload_draft_saved')) }}
    group by
        user_id,
        session_id

)

select
    flows.session_id,
    flows.user_id,
    flows.event_at as started_at,
    flows.received_at,
    flows.flow_date,
    flows.platform,
    coalesce(flows.app_version, 'unknown') as app_version,
    coalesce(flows.country, 'unknown') as country,
    flows.region,
    flows.network_type,
    flows.source,
    flows.draft_id as continued_draft_id,
    drafts.draft_id as saved_draft_id,
    {{ columns_of_each(upload_step_names(), 'funnel.reached_%s') }},
    funnel.last_step,
    case funnel.outcome when 'left' then 'abandoned' else funnel.outcome end as outcome,
    {{ columns_of_each(counted, 'event_counts.%s_events') }}
from flows
inner join funnel
    on flows.flow_id = funnel.flow_id
inner join event_counts
    on flows.flow_id = event_counts.flow_id
left join drafts
    on
        flows.user_id = drafts.user_id
        and flows.session_id = drafts.session_id
{{ in_order_of('flow_date') }}
