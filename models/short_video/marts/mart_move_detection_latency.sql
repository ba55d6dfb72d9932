{%- set slowest = location_days().confirming -%}

with

changes as (

    select *
    from {{ ref('fct_short_video__location_changes') }}

),

-- Of all moves and not of those that were detected: what is missed takes longest.
judged_moves as (

    select
        moves.*,
        case when moves.days_to_detect <= {{ slowest }} then moves.days_to_detect end as days_of_detected
    from {{ ref('fct_short_video__validated_moves') }} as moves
    where {{ has_had_its_time('moves.stable_from', slowest) | indent(4) }}

),

of_changes as (

    {{ metric_by_period(
        rows='changes',
        day='detected_on',
        dates=ref('dim_short_video__dates'),
        statistics={'value': {'numerator': 'sum(days_to_detect)', 'denominator': 'count(*)'}},
        requires=[ref('fct_short_video__location_signals')],
    ) | trim | indent(4) }}

),

of_moves as (

    {{ metric_by_period(
        rows='judged_moves',
        day='stable_from',
        dates=ref('dim_short_video__dates'),
        statistics={
            'from_true_start': {'numerator': 'sum(days_of_detected)', 'denominator': 'count(days_of_detected)'},
            'within_30_days': {
                'numerator': 'count(case when days_of_detected <= 30 then 1 end)', 'denominator': 'count(*)',
            },
            'within_60_days': {'numerator': 'count(days_of_detected)', 'denominator': 'count(*)'},
        },
        requires=[ref('fct_short_video__validated_moves')],
        ripe_days=slowest,
    ) | trim | indent(4) }}

)

select * from of_changes
union all
select * from of_moves
