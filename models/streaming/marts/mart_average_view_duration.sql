with

playbacks as (

    select * from {{ ref('fct_streaming__playbacks') }}

),

viewings as (

    select *
    from {{ ref('fct_streaming__viewings') }}
    where watched_ms >= 1000 * {{ streaming_thresholds().view_seconds }}

)

{%- set requires = [ref('fct_streaming__playbacks')] %}

select * from (
    {{ metric_by_period(
        rows='playbacks',
        day='playback_date',
        dates=ref('dim_streaming__dates'),
        statistics={
            'value': {
                'numerator': 'sum(last_position_ms) / 60000e0',
                'denominator': 'count(case when has_stop then 1 end)',
            },
            'watched': {
                'numerator': 'sum(case when is_view then watched_ms end) / 60000e0',
                'denominator': 'count(case when is_view then 1 end)',
            },
            'with_seek': {
                'numerator': 'count(case when is_view and seeks_forward > 0 then 1 end)',
                'denominator': 'count(case when is_view then 1 end)',
            },
            'without_stop': {
                'numerator': 'count(case when not has_stop then 1 end)',
                'denominator': 'count(*)',
            },
        },
        requires=requires,
    ) | trim | indent(4) }}
) as by_playback
union all
-- Who has begun a film yesterday may go on tonight.
select * from (
    {{ metric_by_period(
        rows='viewings',
        day='first_started_on',
        dates=ref('dim_streaming__dates'),
        statistics={
            'per_viewer': {
                'numerator': 'sum(watched_ms) / 60000e0',
                'denominator': 'count(*)',
            },
        },
        requires=requires,
        ripe_days=streaming_thresholds().sitting_days,
    ) | trim | indent(4) }}
) as by_viewer
