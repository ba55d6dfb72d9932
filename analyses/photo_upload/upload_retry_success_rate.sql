-- question: 7.1.1 Photo upload experience quality
-- goal: Failures are few, and their causes are known.
-- metric: upload_retry_success_rate, successes after a retry / retries, and media stored after a retry / media tried
--         again (media_rescued)
-- grain: week
select
    cast(date_trunc('week', flows.event_at) as date) as period_start,
    cast(count(successes.event_id) as double) / count(*) as value,
    -- trap: who tries three times and gets there has a rate of a third, and is rescued all the same
    cast(count(distinct case when successes.event_id is not null then retries.original_media_id end) as double)
    / count(distinct retries.original_media_id) as media_rescued,
    cast(count(distinct successes.session_id) as double) / count(distinct retries.session_id) as flows_rescued
from {{ ref('stg_photo_upload__upload_flow_initiated') }} as flows
inner join {{ ref('stg_photo_upload__upload_retry_attempt') }} as retries
    on flows.user_id = retries.user_id and flows.session_id = retries.session_id
left join {{ ref('stg_photo_upload__upload_success') }} as successes
    on retries.user_id = successes.user_id and retries.attempt_id = successes.attempt_id
group by cast(date_trunc('week', flows.event_at) as date)
order by period_start
