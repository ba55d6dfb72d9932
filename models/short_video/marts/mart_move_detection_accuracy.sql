{%- set days = location_days() -%}

with

horizon as (

    select max(date_day) as last_day
    from {{ ref('dim_short_video__dates') }}
    where is_complete_day

),

judged_changes as (

    select
        outcomes.*,
        case when outcomes.is_followed_by_profile then 1 else 0 end as confirmed
    from {{ ref('fct_short_video__change_outcomes') }} as outcomes
    inner join horizon
        on outcomes.judged_on <= horizon.last_day

),

-- Whoever has moved a week ago may still be detected in time.
judged_moves as (

    select moves.*
    from {{ ref('fct_short_video__validated_moves') }} as moves
    inner join horizon
        on cast({{ dbt.dateadd('day', days.validated, 'moves.stable_from') }} as date) <= horizon.last_day

),

of_changes as (

    {{ metric_by_period(
        rows='judged_changes',
        day='detected_on',
        dates=ref('dim_short_video__dates'),
        statistics={
            'value': {'numerator': 'sum(confirmed)', 'denominator': 'count(*)'},
            'not_by_profile': {
                'numerator': 'sum(case when not is_by_profile then confirmed end)',
                'denominator': 'count(case when not is_by_profile then 1 end)',
            },
            'precision': {
                'numerator': "count(case when survey_says = 'move' then 1 end)",
                'denominator': 'count(survey_says)',
            },
        },
        requires=[ref('fct_short_video__location_signals')],
        ripe_days=days.judged,
    ) | trim | indent(4) }}

),

of_moves as (

    {{ metric_by_period(
        rows='judged_moves',
        day='stable_from',
        dates=ref('dim_short_video__dates'),
        statistics={
            'recall': {
                'numerator': 'count(case when days_to_detect <= ' ~ days.validated ~ ' then 1 end)',
                'denominator': 'count(*)',
            },
        },
        requires=[ref('fct_short_video__validated_moves')],
        ripe_days=days.validated,
    ) | trim | indent(4) }}

)

select * from of_changes
union all
select * from of_moves
