with

sessions as (

    select
        *,
        watched_ms / 60000e0 as watched_minutes,
        true as is_known
    from {{ recent(ref('fct_streaming__sessions')) }}

)

{%- set requires = [ref('fct_streaming__sessions')] %}

select * from (
    {{ metric_by_period(
        rows='sessions',
        day='session_date',
        dates=ref('dim_streaming__dates'),
        statistics={
            'value': {
                'numerator': 'sum(logged_watch_ms) / 60000e0',
                'denominator': 'count(case when has_end then 1 end)',
            },
            'watched': {
                'numerator': 'sum(watched_minutes)',
                'denominator': 'count(*)',
            },
            'with_watching': {
                'numerator': 'count(case when watched_ms > 0 then 1 end)',
                'denominator': 'count(*)',
            },
            'end_missing': {
                'numerator': 'count(case when not has_end then 1 end)',
                'denominator': 'count(*)',
            },
        },
        requires=requires,
    ) | trim | indent(4) }}
) as means
union all
select * from (
    {{ durations_by_period(
        rows='sessions',
        duration='watched_minutes',
        is_done='is_known',
        day='session_date',
        dates=ref('dim_streaming__dates'),
        statistics={'p50': {'level': 0.5, 'of': 'done'}, 'p90': {'level': 0.9, 'of': 'done'}},
        requires=requires,
    ) | trim | indent(4) }}
) as percentiles
