-- question: 7.1.1 Photo upload experience quality
-- goal: The upload feels fast, and the app answers at once.
-- metric: upload_step_duration, the median of all steps, and the seconds that 90 % do not exceed (p90), and the same
--         of the steps of the machine (p90_machine), of all and for each step
-- trap: a minute in the editor is pleasure and not slowness; time in the background, and steps of a clock that was set
--       back, are no time at all
-- note: a flow with a step that ends before it starts has a clock that nobody can trust, so none of the steps that it
--       timed count
-- grain: month
with

flows as (

    select
        user_id,
        session_id,
        event_at as started_at,
        cast(date_trunc('month', event_at) as date) as period_start
    from {{ ref('stg_photo_upload__upload_flow_initiated') }}

),

screens as (

    select
        user_id,
        session_id,
        'selected' as screen,
        event_at,
        background_seconds
    from {{ ref('stg_photo_upload__upload_media_selected') }}
    union all
    select
        user_id,
        session_id,
        'editor' as screen,
        event_at,
        background_seconds
    from {{ ref('stg_photo_upload__upload_edit_screen_opened') }}
    union all
    select
        user_id,
        session_id,
        'caption' as screen,
        event_at,
        background_seconds
    from {{ ref('stg_photo_upload__upload_caption_screen_opened') }}
    union all
    select
        user_id,
        session_id,
        'attempt' as screen,
        event_at,
        background_seconds
    from {{ ref('stg_photo_upload__upload_attempt_started') }}

),

ranked_screens as (

    select
        *,
        row_number() over (partition by user_id, session_id, screen order by event_at) as place
    from screens

),

first_screens as (

    select
        flows.period_start,
        flows.user_id,
        flows.session_id,
        flows.started_at,
        max(case when screens.screen = 'selected' then screens.event_at end) as selected_at,
        max(case when screens.screen = 'editor' then screens.event_at end) as editor_at,
        max(case when screens.screen = 'caption' then screens.event_at end) as caption_at,
        max(case when screens.screen = 'attempt' then screens.event_at end) as attempt_at,
        max(case when screens.screen = 'selected' then screens.background_seconds end) as selected_away,
        max(case when screens.screen = 'editor' then screens.background_seconds end) as editor_away,
        max(case when screens.screen = 'caption' then screens.background_seconds end) as caption_away,
        max(case when screens.screen = 'attempt' then screens.background_seconds end) as attempt_away
    from flows
    inner join ranked_screens as screens
        on
            flows.user_id = screens.user_id
            and flows.session_id = screens.session_id
            and screens.place = 1
    group by
        flows.period_start,
        flows.user_id,
        flows.session_id,
        flows.started_at

),

human_steps as (

    select
        period_start,
        user_id,
        session_id,
        'selecting' as step,
        extract(epoch from selected_at - started_at) - selected_away as step_seconds
    from first_screens
    union all
    select
        period_start,
        user_id,
        session_id,
        'opening_editor' as step,
        extract(epoch from editor_at - selected_at) - editor_away as step_seconds
    from first_screens
    union all
    select
        period_start,
        user_id,
        session_id,
        'editing' as step,
        extract(epoch from caption_at - editor_at) - caption_away as step_seconds
    from first_screens
    union all
    select
        period_start,
        user_id,
        session_id,
        'composing' as step,
        extract(epoch from attempt_at - caption_at) - attempt_away as step_seconds
    from first_screens

),

trusted_steps as (

    select
        *,
        min(step_seconds) over (partition by user_id, session_id) as shortest
    from human_steps
    where step_seconds is not null

),

steps as (

    select
        period_start,
        step,
        step_seconds,
        cast(null as double) as machine_seconds
    from trusted_steps
    where shortest >= 0
    union all
    select
        flows.period_start,
        case
            when measured.metric_name = 'time_to_load_gallery_ms' then 'loading_gallery'
            else 'applying_filter'
        end as step,
        cast(measured.value_ms as double) / 1000 as step_seconds,
        cast(measured.value_ms as double) / 1000 as machine_seconds
    from flows
    inner join {{ ref('stg_photo_upload__client_performance_metric') }} as measured
        on
            flows.user_id = measured.user_id
            and flows.session_id = measured.session_id
    union all
    select
        flows.period_start,
        'transferring' as step,
        cast(successes.transfer_ms as double) / 1000 as step_seconds,
        cast(successes.transfer_ms as double) / 1000 as machine_seconds
    from flows
    inner join {{ ref('stg_photo_upload__upload_success') }} as successes
        on
            flows.user_id = successes.user_id
            and flows.session_id = successes.session_id
    union all
    select
        flows.period_start,
        'processing' as step,
        cast(successes.processing_ms as double) / 1000 as step_seconds,
        cast(successes.processing_ms as double) / 1000 as machine_seconds
    from flows
    inner join {{ ref('stg_photo_upload__upload_success') }} as successes
        on
            flows.user_id = successes.user_id
            and flows.session_id = successes.session_id

),

all_and_each as (

    select
        period_start,
        step,
        step_seconds,
        machine_seconds
    from steps
    union all
    select
        period_start,
        'all' as step,
        step_seconds,
        machine_seconds
    from steps

),

ranked_steps as (

    select
        *,
        count(*) over (partition by period_start, step) as steps,
        count(machine_seconds) over (partition by period_start, step) as machine_steps,
        row_number() over (partition by period_start, step order by step_seconds) as place,
        row_number() over (
            partition by period_start, step order by machine_seconds is null, machine_seconds
        ) as machine_place
    from all_and_each

)

select
    period_start,
    step,
    min(case when 2 * place >= steps then step_seconds end) as p50,
    min(case when 10 * place >= 9 * steps then step_seconds end) as p90,
    min(case when 10 * machine_place >= 9 * machine_steps then machine_seconds end) as p90_machine
from ranked_steps
group by
    period_start,
    step
order by period_start
