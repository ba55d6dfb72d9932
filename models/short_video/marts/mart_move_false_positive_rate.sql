{%- set days = location_days() -%}

with

changes as (

    select
        outcomes.*,
        {{ has_had_its_time('outcomes.detected_on', days.judged) | indent(8) }} as is_judged
    from {{ ref('fct_short_video__change_outcomes') }} as outcomes

),

candidates as (

    select
        moves.flagged_on,
        moves.move_kind,
        moves.gps_group,
        homes.user_id is not null as is_confirmed
    from {{ ref('fct_short_video__potential_moves') }} as moves
    left join {{ ref('fct_short_video__homes') }} as homes
        on
            moves.user_id = homes.user_id
            and moves.flagged_on = homes.held_from
    where {{ has_had_its_time('moves.flagged_on', days.judged) | indent(4) }}

),

of_changes as (

    {{ metric_by_period(
        rows='changes',
        day='detected_on',
        dates=ref('dim_short_video__dates'),
        statistics={
            'value': {
                'numerator': 'count(case when is_judged and is_false then 1 end)',
                'denominator': 'count(case when is_judged then 1 end)',
            },
            'returned': {
                'numerator': 'count(case when is_judged and returned_on is not null then 1 end)',
                'denominator': 'count(case when is_judged then 1 end)',
            },
            'contradicted': {
                'numerator': "count(case when is_judged and survey_says = 'travel' then 1 end)",
                'denominator': 'count(case when is_judged and survey_says is not null then 1 end)',
            },
            'of_all_detected': {'numerator': 'count(case when is_false then 1 end)', 'denominator': 'count(*)'},
        },
        requires=[ref('fct_short_video__location_signals')],
        ripe_days=days.judged,
    ) | trim | indent(4) }}

),

of_candidates as (

    {{ metric_by_period(
        rows='candidates',
        day='flagged_on',
        dates=ref('dim_short_video__dates'),
        statistics={
            'of_candidates': {
                'numerator': 'count(case when not is_confirmed then 1 end)', 'denominator': 'count(*)',
            },
        },
        requires=[ref('fct_short_video__location_signals')],
        ripe_days=days.judged,
    ) | trim | indent(4) }}

)

select * from of_changes
union all
select * from of_candidates
