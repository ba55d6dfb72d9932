-- question: 7.1.1 Photo upload experience quality
-- goal: The upload feels fast, and the app answers at once.
-- metric: upload_time_percentiles, percentiles of uploads that succeed, of all (with_failures), and by Kaplan and
--         Meier (kaplan_meier), and uploads done within 8 seconds / all (within_8_seconds)
-- trap: the first three drop whoever was slow enough to fail or be given up, so a shorter time-out makes a bad network
--       look fast
-- note: of those waited for equally long, the ones that succeed come first, as Kaplan and Meier have it
-- grain: day
with

attempts as (

    select
        cast(date_trunc('day', flows.event_at) as date) as period_start,
        attempts.user_id,
        attempts.session_id,
        attempts.media_id,
        attempts.event_at as started_at,
        successes.upload_duration_ms,
        min(attempts.event_at) over (
            partition by attempts.user_id, attempts.session_id, attempts.media_id
        ) as first_started_at,
        coalesce(failures.elapsed_ms, 0) as elapsed_ms
    from {{ ref('stg_photo_upload__upload_flow_initiated') }} as flows
    inner join {{ ref('stg_photo_upload__upload_attempt_started') }} as attempts
        on
            flows.user_id = attempts.user_id
            and flows.session_id = attempts.session_id
    left join {{ ref('stg_photo_upload__upload_success') }} as successes
        on
            attempts.user_id = successes.user_id
            and attempts.session_id = successes.session_id
            and attempts.attempt_id = successes.attempt_id
    left join {{ ref('stg_photo_upload__upload_failure') }} as failures
        on
            attempts.user_id = failures.user_id
            and attempts.session_id = failures.session_id
            and attempts.attempt_id = failures.attempt_id

),

media as (

    select
        period_start,
        cast(min(upload_duration_ms) as double) / 1000 as upload_seconds,
        coalesce(
            cast(min(upload_duration_ms) as double) / 1000,
            max(extract(epoch from started_at - first_started_at) + cast(elapsed_ms as double) / 1000)
        ) as waited_seconds
    from attempts
    group by
        period_start,
        user_id,
        session_id,
        media_id

),

ranked_media as (

    select
        *,
        count(upload_seconds) over (partition by period_start) as successes,
        count(*) over (partition by period_start) as uploads,
        row_number() over (partition by period_start order by upload_seconds is null, upload_seconds) as place,
        row_number() over (partition by period_start order by waited_seconds, upload_seconds is null) as wait_place
    from media

),

-- One after the other: who was waited for so long is one of those not seen any shorter.
curves as (

    select
        *,
        exp(sum(case
            when upload_seconds is not null and uploads > wait_place
                then ln(1 - cast(1 as double) / (uploads - wait_place + 1))
        end) over (
            partition by period_start order by wait_place
        )) as survival,
        upload_seconds is not null and uploads = wait_place as is_last
    from ranked_media

)

select
    period_start,
    min(case when 2 * place >= successes then upload_seconds end) as p50,
    min(case when 10 * place >= 9 * successes then upload_seconds end) as p90,
    min(case when 20 * place >= 19 * successes then upload_seconds end) as p95,
    min(case when 2 * place >= uploads then upload_seconds end) as p50_with_failures,
    min(case when 10 * place >= 9 * uploads then upload_seconds end) as p90_with_failures,
    min(case when 20 * place >= 19 * uploads then upload_seconds end) as p95_with_failures,
    min(case
        when is_last or 2 * survival - 1 <= cast(1 as double) / 1000000000000 then waited_seconds
    end) as p50_kaplan_meier,
    min(case
        when is_last or 10 * survival - 1 <= cast(1 as double) / 1000000000000 then waited_seconds
    end) as p90_kaplan_meier,
    min(case
        when is_last or 20 * survival - 1 <= cast(1 as double) / 1000000000000 then waited_seconds
    end) as p95_kaplan_meier,
    cast(count(case when upload_seconds <= 8 then 1 end) as double) / count(*) as within_8_seconds
from curves
group by period_start
order by period_start
