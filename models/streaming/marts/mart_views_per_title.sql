with

playbacks as (

    select
        *,
        user_id || ' ' || title_id as viewer
    from {{ ref('fct_streaming__playbacks') }}

),

premieres as (

    select
        *,
        title_id as premiere,
        'new' as release_cohort
    from {{ ref('fct_streaming__premieres') }}

)

{%- set requires = [ref('fct_streaming__playbacks')] %}

select * from (
    {{ metric_by_period(
        rows='playbacks',
        day='playback_date',
        dates=ref('dim_streaming__dates'),
        statistics={
            'value': {
                'numerator': 'count(distinct case when is_view then viewer end)',
                'denominator': 'count(distinct title_id)',
            },
            'starts': {
                'numerator': 'count(*)',
                'denominator': 'count(distinct title_id)',
            },
            'by_hours': {
                'numerator': 'sum(1e0 * watched_ms / total_duration_ms)',
                'denominator': 'count(distinct title_id)',
            },
        },
        requires=requires,
    ) | trim | indent(4) }}
) as views
union all
-- A premiere of this week has not had a week.
select * from (
    {{ metric_by_period(
        rows='premieres',
        day='premiered_on',
        dates=ref('dim_streaming__dates'),
        statistics={
            'premiere_viewers': {
                'numerator': 'sum(case when is_first_week_over then first_week_viewers end)',
                'denominator': 'count(case when is_first_week_over then 1 end)',
            },
            'premieres_with_enough': {
                'numerator': 'count(case when is_first_week_over and has_enough_viewers then 1 end)',
                'denominator': 'count(case when is_first_week_over then 1 end)',
            },
        },
        requires=requires,
        ripe_days=7,
    ) | trim | indent(4) }}
) as first_weeks
