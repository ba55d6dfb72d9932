-- In every period, group and phase, to the move: what comes into a feature leaves it, and each session starts and ends
-- once.
with

moves as (

    select distinct
        'feature_move' as dimension,
        feature_move as member,
        'all' as part,
        from_feature,
        to_feature
    from {{ ref('fct_short_video__feature_moves') }}
    union all
    select distinct
        'group_move' as dimension,
        group_move as member,
        reels_group as part,
        from_feature,
        to_feature
    from {{ ref('fct_short_video__feature_moves') }}
    union all
    select distinct
        'phase_move' as dimension,
        phase_move as member,
        launch_phase as part,
        from_feature,
        to_feature
    from {{ ref('fct_short_video__feature_moves') }}

),

measured_moves as (

    select
        measured.period_grain,
        measured.period_start,
        measured.dimension,
        moves.part,
        moves.from_feature,
        moves.to_feature,
        measured.numerator as transitions,
        measured.denominator as sessions
    from {{ ref('mart_feature_user_flow') }} as measured
    inner join moves
        on
            measured.dimension = moves.dimension
            and measured.member = moves.member
    where measured.statistic = 'value'

),

balances as (

    select
        period_grain,
        period_start,
        dimension,
        part,
        to_feature as feature_name,
        transitions as moves_in,
        0 as moves_out,
        sessions
    from measured_moves
    union all
    select
        period_grain,
        period_start,
        dimension,
        part,
        from_feature as feature_name,
        0 as moves_in,
        transitions as moves_out,
        sessions
    from measured_moves

)

select
    period_grain,
    period_start,
    dimension,
    part,
    feature_name,
    sum(moves_in) as moves_in,
    sum(moves_out) as moves_out,
    max(sessions) as sessions
from balances
group by
    period_grain,
    period_start,
    dimension,
    part,
    feature_name
having
    (feature_name not in ('start', 'end') and sum(moves_in) <> sum(moves_out))
    or (feature_name = 'start' and sum(moves_out) <> max(sessions))
    or (feature_name = 'end' and sum(moves_in) <> max(sessions))
