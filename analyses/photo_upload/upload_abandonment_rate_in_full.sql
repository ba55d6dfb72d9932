-- question: 7.1.1 Photo upload experience quality
-- goal: Users who begin an upload end with a post, and little fails on the way.
-- metric: upload_abandonment_rate, 1 - flows that go on / flows at the step, and the shares of these that leave
--         (abandoned), fail (failed), are still there (pending), are done (completed) and go on (went_on), of all
--         flows and for each step
-- trap: the first calls everybody abandoned who does not go on, those too who were thrown out by an error
-- note: an error ends a flow if nothing is uploaded after it
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
        is_selected as goes_on,
        is_uploaded,
        has_failed
    from flows
    union all
    select
        period_start,
        'media_selected' as step,
        is_edited or is_captioned as goes_on,
        is_uploaded,
        has_failed
    from flows
    where is_selected
    union all
    select
        period_start,
        'edit_opened' as step,
        is_captioned as goes_on,
        is_uploaded,
        has_failed
    from flows
    where is_edited
    union all
    select
        period_start,
        'caption_opened' as step,
        is_begun as goes_on,
        is_uploaded,
        has_failed
    from flows
    where is_captioned
    union all
    select
        period_start,
        'transfer_started' as step,
        is_uploaded as goes_on,
        is_uploaded,
        has_failed
    from flows
    where is_begun
    union all
    select
        period_start,
        'uploaded' as step,
        false as goes_on,
        is_uploaded,
        has_failed
    from flows
    where is_uploaded

),

fates as (

    select
        period_start,
        step,
        case
            when goes_on then 'went_on'
            when is_uploaded then 'completed'
            when has_failed then 'failed'
            else 'abandoned'
        end as fate
    from steps
    union all
    select
        period_start,
        'all' as step,
        case
            when is_uploaded then 'completed'
            when has_failed then 'failed'
            else 'abandoned'
        end as fate
    from flows

)

select
    period_start,
    step,
    -- In a week that is over nobody is still there.
    cast(0 as double) as pending,
    cast(count(case when fate in ('failed', 'abandoned') then 1 end) as double) / count(*) as value,
    cast(count(case when fate = 'abandoned' then 1 end) as double) / count(*) as abandoned,
    cast(count(case when fate = 'failed' then 1 end) as double) / count(*) as failed,
    cast(count(case when fate = 'completed' then 1 end) as double) / count(*) as completed,
    cast(count(case when fate = 'went_on' then 1 end) as double) / count(*) as went_on
from fates
group by
    period_start,
    step
order by period_start
