{%- set statistics = {} -%}
{%- for name, level in {'value': 0.95, 'p99': 0.99, 'p50': 0.5}.items() -%}
    {%- do statistics.update({name: {'level': level, 'of': 'done'}}) -%}
{%- endfor -%}

with

requests as (

    select *
    from {{ recent(ref('fct_short_video__service_requests')) }}
    where service_name like '%reels%'

)

{{ durations_by_period(
    rows='requests',
    duration='latency_ms',
    is_done='true',
    day='request_date',
    dates=ref('dim_short_video__dates'),
    statistics=statistics,
    requires=[ref('fct_short_video__service_requests')],
) }}
