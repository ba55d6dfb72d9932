select
    event_id as request_id,
    event_at,
    cast(event_at as date) as request_date,
    service_name,
    user_id as host_id,
    latency_ms,
    error_rate,
    cpu_utilization
from {{ recent(ref('stg_short_video__system_performance_log')) }}
{{ in_order_of('request_date') }}
