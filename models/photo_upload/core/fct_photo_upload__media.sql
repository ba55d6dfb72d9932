with

attempts as (

    select
        *,
        row_number() over (partition by user_id, session_id, media_id order by attempt_number, attempt_id) as place,
        row_number() over (
            partition by user_id, session_id, media_id order by attempt_number desc, attempt_id desc
        ) as place_from_the_end,
        min(started_at) over (partition by user_id, session_id, media_id) as first_started_at
    from {{ recent(ref('fct_photo_upload__attempts')) }}

)

select
    session_id,
    user_id,
    media_id,
    min(first_started_at) as started_at,
    min(flow_date) as flow_date,
    max(case when place = 1 then platform end) as platform,
    max(case when place = 1 then app_version end) as app_version,
    max(case when place = 1 then region end) as region,
    max(case when place = 1 then network_type end) as network_type,
    max(case when place = 1 then region || ' ' || network_type end) as region_network,
    max(case when place = 1 then media_type end) as media_type,
    max(case when place = 1 then size_class end) as size_class,
    count(*) as attempts,
    count(retry_kind) as retries,
    count(case when retry_kind is not null and outcome = 'succeeded' then 1 end) as successes_after_retry,
    coalesce(
        max(case when outcome = 'succeeded' then outcome end),
        max(case when place_from_the_end = 1 then outcome end)
    ) as outcome,
    min(upload_seconds) as upload_seconds,
    -- How long somebody is known to have waited: until it was stored, or the last attempt ended without.
    coalesce(
        min(upload_seconds),
        max({{ seconds_between('first_started_at', 'started_at') }} + coalesce(elapsed_seconds, 0e0))
    ) as waited_seconds
from attempts
group by
    session_id,
    user_id,
    media_id
{{ in_order_of('flow_date') }}
