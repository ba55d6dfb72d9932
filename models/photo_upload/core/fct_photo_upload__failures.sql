select
    failures.event_id as failure_id,
    flows.session_id,
    flows.user_id,
    failures.event_at as failed_at,
    flows.flow_date,
    failures.failure_step,
    failures.error_code,
    failures.error_code = {{ sql_text(cancelled_code()) }} as is_cancelled,
    failures.media_id,
    failures.attempt_id,
    flows.platform,
    flows.app_version,
    flows.region,
    failures.network_type
from {{ recent(ref('stg_photo_upload__upload_failure')) }} as failures
inner join {{ recent(ref('fct_photo_upload__flows')) }} as flows
    on
        failures.session_id = flows.session_id
        and failures.user_id = flows.user_id
        and {{ happened_near('failures.event_at', 'flows.flow_date') | indent(8) }}
{{ in_order_of('flows.flow_date') }}
