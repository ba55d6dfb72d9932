-- question: 2.1.1 Reels platform health and engagement
-- goal: Reels take nothing from other features, and stay safe and fast.
-- metric: reels_service_latency by service_name, the milliseconds that 95 % (value), 99 % (p99) and half of the
--         requests (p50) do not exceed
-- grain: month
with requests as (
    select
        service_name,
        latency_ms,
        cast(date_trunc('month', event_at) as date) as period_start,
        count(*) over (partition by service_name, date_trunc('month', event_at)) as requests,
        row_number() over (partition by service_name, date_trunc('month', event_at) order by latency_ms) as place
    from {{ ref('stg_short_video__system_performance_log') }}
    where service_name like '%reels%'
)

select
    service_name,
    period_start,
    -- trap: a percentile of requests, and no mean of the percentiles of days or hosts
    min(case when 100 * place >= 95 * requests then latency_ms end) as value,
    min(case when 100 * place >= 99 * requests then latency_ms end) as p99,
    min(case when 100 * place >= 50 * requests then latency_ms end) as p50
from requests
group by service_name, period_start
order by period_start, service_name
