with

attempt_starts as (

    select
        attempt_starts.*,
        flows.flow_date,
        flows.app_version as flow_app_version,
        flows.country as flow_country
    from {{ recent(ref('stg_photo_upload__upload_attempt_started')) }} as attempt_starts
    inner join {{ recent(ref('fct_photo_upload__flows')) }} as flows
        on
            attempt_starts.session_id = flows.session_id
            and attempt_starts.user_id = flows.user_id
            and {{ happened_near('attempt_starts.event_at', 'flows.flow_date') | indent(12) }}

),

-- A server that has stored it knows better than an app that gave up waiting.
endings as (

    select
        user_id,
        session_id,
        attempt_id,
        event_at,
        'succeeded' as outcome,
        cast(null as {{ engine_type('string') }}) as error_code,
        cast(null as {{ engine_type('string') }}) as failure_step,
        upload_duration_ms / 1e3 as upload_seconds,
        transfer_ms / 1e3 as transfer_seconds,
        processing_ms / 1e3 as processing_seconds,
        (transfer_ms + processing_ms) / 1e3 as elapsed_seconds,
        1 as preference
    from {{ recent(ref('stg_photo_upload__upload_success')) }}
    union all
    select
        user_id,
        session_id,
        attempt_id,
        event_at,
        case when error_code = {{ sql_text(cancelled_code()) }} then 'cancelled' else 'failed' end as outcome,
        error_code,
        failure_step,
        cast(null as {{ engine_type('double') }}) as upload_seconds,
        cast(null as {{ engine_type('double') }}) as transfer_seconds,
        cast(null as {{ engine_type('double') }}) as processing_seconds,
        elapsed_ms / 1e3 as elapsed_seconds,
        2 as preference
    from {{ recent(ref('stg_photo_upload__upload_failure')) }}
    where attempt_id is not null

),

ranked_endings as (

    select
        endings.*,
        attempt_starts.event_id as start_event_id,
        row_number() over (
            partition by attempt_starts.event_id order by endings.preference, endings.event_at, endings.error_code
        ) as place
    from attempt_starts
    inner join endings
        on
            attempt_starts.attempt_id = endings.attempt_id
            and attempt_starts.session_id = endings.session_id
            and attempt_starts.user_id = endings.user_id
            and {{ happened_near('endings.event_at', 'attempt_starts.flow_date') | indent(12) }}

),

media as (

    select
        user_id,
        session_id,
        media_id,
        min(media_type) as media_type,
        min(file_size_kb) as file_size_kb
    from {{ recent(ref('stg_photo_upload__upload_media_selected')) }}
    group by
        user_id,
        session_id,
        media_id

),

retries as (

    select
        user_id,
        attempt_id,
        min(retry_kind) as retry_kind
    from {{ recent(ref('stg_photo_upload__upload_retry_attempt')) }}
    group by
        user_id,
        attempt_id

),

known_until as (

    select max(received_at) as known_until
    from attempt_starts

)

select
    attempt_starts.attempt_id,
    attempt_starts.session_id,
    attempt_starts.user_id,
    attempt_starts.media_id,
    attempt_starts.attempt_number,
    attempt_starts.event_at as started_at,
    attempt_starts.flow_date,
    attempt_starts.platform,
    attempt_starts.flow_app_version as app_version,
    attempt_starts.flow_country as country,
    attempt_starts.region,
    attempt_starts.network_type,
    case when attempt_starts.network_type = 'wifi' then 'wifi' else 'cellular' end as network_class,
    coalesce(media.media_type, 'unknown') as media_type,
    media.file_size_kb,
    case
        when media.file_size_kb is null then 'unknown'
        when media.file_size_kb < 1500 then 'small'
        when media.file_size_kb < 4000 then 'medium'
        else 'large'
    end as size_class,
    attempt_starts.resumed_from_kb > 0 as is_resumed,
    retries.retry_kind,
    case
        when endings.outcome is not null then endings.outcome
        when
            {{ seconds_between('attempt_starts.event_at', '(select known_until from known_until)') }}
            < {{ upload_window_seconds() }}
            then 'pending'
        else 'lost'
    end as outcome,
    endings.error_code,
    endings.failure_step,
    endings.upload_seconds,
    endings.transfer_seconds,
    endings.processing_seconds,
    endings.elapsed_seconds
from attempt_starts
left join ranked_endings as endings
    on
        attempt_starts.event_id = endings.start_event_id
        and endings.place = 1
left join media
    on
        attempt_starts.user_id = media.user_id
        and attempt_starts.session_id = media.session_id
        and attempt_starts.media_id = media.media_id
left join retries
    on
        attempt_starts.user_id = retries.user_id
        and attempt_starts.attempt_id = retries.attempt_id
{{ in_order_of('attempt_starts.flow_date') }}
