{%- set days = location_days() -%}

with

judged_changes as (

    select
        outcomes.*,
        case when outcomes.is_followed_by_profile then 1 else 0 end as confirmed
    from {{ ref('fct_short_video__change_outcomes') }} as outcomes
    where {{ has_had_its_time('outcomes.detected_on', days.judged) | indent(4) }}

),

-- Whoever has moved a week ago may still be detected in time.
judged_moves as (

    select moves.*
    from {{ ref('fct_short_video__validated_moves') }} as moves
    where {{ has_had_its_time('moves.stable_from', days.validated) | indent(4) }}

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
