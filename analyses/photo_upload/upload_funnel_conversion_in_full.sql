-- question: 7.1.1 Photo upload experience quality
-- goal: Users who begin an upload end with a post, and little fails on the way.
-- metric: upload_funnel_conversion, events / events of the step before, flows at the step / flows (from_start), and /
--         flows at the step before (from_previous), of the last step and for each
-- trap: events are not flows: who goes back and forth reaches a step twice, and the editor may be passed by, so the
--       first can pass 1
-- note: nobody takes longer than half an hour here; an editor opened by a clock that was set back is not in order
-- grain: week
with

selections as (

    select
        flows.user_id,
        flows.session_id,
        flows.event_at as started_at,
        flows.platform,
        min(case when selections.event_at >= flows.event_at then selections.event_at end) as selected_at,
        count(selections.event_id) as selections
    from {{ ref('stg_photo_upload__upload_flow_initiated') }} as flows
    left join {{ ref('stg_photo_upload__upload_media_selected') }} as selections
        on
            flows.user_id = selections.user_id
            and flows.session_id = selections.session_id
    group by
        flows.user_id,
        flows.session_id,
        flows.event_at,
        flows.platform

),

captions as (

    select
        selections.user_id,
        selections.session_id,
        selections.started_at,
        selections.selected_at,
        selections.selections,
        min(case when captions.event_at >= selections.selected_at then captions.event_at end) as captioned_at,
        count(captions.event_id) as captions
    from selections
    left join {{ ref('stg_photo_upload__upload_caption_screen_opened') }} as captions
        on
            selections.user_id = captions.user_id
            and selections.session_id = captions.session_id
    group by
        selections.user_id,
        selections.session_id,
        selections.started_at,
        selections.selected_at,
        selections.selections

),

edits as (

    select
        captions.user_id,
        captions.session_id,
        count(*) as edits,
        count(
            case
                when
                    edits.event_at >= captions.selected_at
                    and (captions.captioned_at is null or edits.event_at <= captions.captioned_at)
                    then 1
            end
        ) as edits_in_order
    from captions
    inner join {{ ref('stg_photo_upload__upload_edit_screen_opened') }} as edits
        on
            captions.user_id = edits.user_id
            and captions.session_id = edits.session_id
    group by
        captions.user_id,
        captions.session_id

),

attempts as (

    select
        user_id,
        session_id,
        count(*) as attempts
    from {{ ref('stg_photo_upload__upload_attempt_started') }}
    group by
        user_id,
        session_id

),

successes as (

    select
        user_id,
        session_id,
        count(*) as successes
    from {{ ref('stg_photo_upload__upload_success') }}
    group by
        user_id,
        session_id

),

failures as (

    select
        user_id,
        session_id,
        count(*) as failures
    from {{ ref('stg_photo_upload__upload_failure') }}
    where error_code <> 'cancelled_by_user'
    group by
        user_id,
        session_id

),

flows as (

    select
        cast(date_trunc('week', captions.started_at) as date) as period_start,
        captions.selections,
        captions.captions,
        coalesce(edits.edits, 0) as edits,
        coalesce(attempts.attempts, 0) as attempts,
        coalesce(successes.successes, 0) as successes,
        captions.selected_at is not null as is_selected,
        coalesce(edits.edits_in_order > 0, false) as is_edited,
        captions.captioned_at is not null as is_captioned,
        attempts.attempts is not null as is_begun,
        successes.successes is not null as is_uploaded,
        failures.failures is not null as has_failed
    from captions
    left join edits
        on
            captions.user_id = edits.user_id
            and captions.session_id = edits.session_id
    left join attempts
        on
            captions.user_id = attempts.user_id
            and captions.session_id = attempts.session_id
    left join successes
        on
            captions.user_id = successes.user_id
            and captions.session_id = successes.session_id
    left join failures
        on
            captions.user_id = failures.user_id
            and captions.session_id = failures.session_id

),

steps as (

    select
        period_start,
        'initiated' as step,
        1 as reached,
        1 as reached_before,
        1 as events,
        1 as events_before
    from flows
    union all
    select
        period_start,
        'media_selected' as step,
        case when is_selected then 1 else 0 end as reached,
        1 as reached_before,
        selections as events,
        1 as events_before
    from flows
    union all
    select
        period_start,
        'edit_opened' as step,
        case when is_edited then 1 else 0 end as reached,
        case when is_selected then 1 else 0 end as reached_before,
        edits as events,
        selections as events_before
    from flows
    union all
    select
        period_start,
        'caption_opened' as step,
        case when is_captioned then 1 else 0 end as reached,
        case when is_selected then 1 else 0 end as reached_before,
        captions as events,
        selections as events_before
    from flows
    union all
    select
        period_start,
        'transfer_started' as step,
        case when is_begun then 1 else 0 end as reached,
        case when is_captioned then 1 else 0 end as reached_before,
        attempts as events,
        captions as events_before
    from flows
    union all
    select
        period_start,
        'uploaded' as step,
        case when is_uploaded then 1 else 0 end as reached,
        case when is_begun then 1 else 0 end as reached_before,
        successes as events,
        attempts as events_before
    from flows

)

select
    period_start,
    'all' as step,
    cast(sum(events) as double) / sum(events_before) as value,
    cast(sum(reached) as double) / count(*) as from_start,
    cast(sum(reached) as double) / sum(reached_before) as from_previous
from steps
where step = 'uploaded'
group by period_start
union all
select
    period_start,
    step,
    cast(sum(events) as double) / sum(events_before) as value,
    cast(sum(reached) as double) / count(*) as from_start,
    cast(sum(reached) as double) / sum(reached_before) as from_previous
from steps
group by
    period_start,
    step
order by period_start
