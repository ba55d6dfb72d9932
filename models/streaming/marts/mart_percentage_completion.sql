with

playbacks as (

    select
        *,
        least(1e0, 1e0 * watched_ms / total_duration_ms) as watched_share
    from {{ ref('fct_streaming__playbacks') }}

),

viewings as (

    select
        *,
        least(1e0, 1e0 * watched_ms / total_duration_ms) as watched_share
    from {{ ref('fct_streaming__viewings') }}
    where watched_ms >= 1000 * {{ streaming_thresholds().view_seconds }}

)

{%- set completed_percent = streaming_thresholds().completed_percent -%}
{%- set requires = [ref('fct_streaming__playbacks')] %}

select * from (
    {{ metric_by_period(
        rows='playbacks',
        day='playback_date',
        dates=ref('dim_streaming__dates'),
        statistics={
            'value': {
                'numerator': 'sum(last_position_ms)',
                'denominator': 'sum(case when has_stop then total_duration_ms end)',
            },
            'of_sums': {
                'numerator': 'sum(case when is_view then watched_ms end)',
                'denominator': 'sum(case when is_view then total_duration_ms end)',
            },
            'mean_share': {
                'numerator': 'sum(case when is_view then watched_share end)',
                'denominator': 'count(case when is_view then 1 end)',
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
                'numerator': 'sum(watched_share)',
                'denominator': 'count(*)',
            },
            'completed': {
                'numerator': 'count(case when furthest_percent >= ' ~ completed_percent ~ ' then 1 end)',
                'denominator': 'count(*)',
            },
        },
        requires=requires,
        ripe_days=streaming_thresholds().sitting_days,
    ) | trim | indent(4) }}
) as by_viewer
