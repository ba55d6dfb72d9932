{#- Of a move that nobody makes on a day there is a row, too, so that rows of a move have the sessions of its day. -#}
{%- set keys = ['session_date', 'reels_group', 'launch_phase'] -%}

with

interactions as (

    select
        sessions.session_key,
        sessions.session_date,
        sessions.reels_group,
        sessions.launch_phase,
        events.feature_name,
        events.sequence_no,
        events.event_at,
        events.event_id
    from {{ recent(ref('stg_short_video__feature_interaction')) }} as events
    inner join {{ recent(ref('fct_short_video__sessions')) }} as sessions
        on
            events.user_id = sessions.user_id
            and events.session_id = sessions.session_id
            and {{ happened_near('events.event_at', 'sessions.session_date') | indent(12) }}

),

moves_made as (

    {{ transitions(
        'interactions', ['session_key'], 'feature_name', ['sequence_no', 'event_at', 'event_id'], by=keys,
    ) | trim | indent(4) }}

),

days_of_groups as (

    select
        session_date,
        reels_group,
        launch_phase,
        count(distinct session_key) as sessions
    from interactions
    group by
        session_date,
        reels_group,
        launch_phase

),

possible_moves as (

    {% for source, goal in feature_moves() -%}
        select
            {{ sql_text(source) }} as from_feature,
            {{ sql_text(goal) }} as to_feature
        {{ 'union all' if not loop.last }}
    {% endfor %}

)

select
    days_of_groups.session_date,
    days_of_groups.reels_group,
    days_of_groups.launch_phase,
    possible_moves.from_feature,
    possible_moves.to_feature,
    days_of_groups.sessions,
    possible_moves.from_feature || ' > ' || possible_moves.to_feature as feature_move,
    days_of_groups.reels_group || ': ' || possible_moves.from_feature || ' > ' || possible_moves.to_feature
        as group_move,
    days_of_groups.launch_phase || ': ' || possible_moves.from_feature || ' > ' || possible_moves.to_feature
        as phase_move,
    coalesce(moves_made.transitions, 0) as transitions
from days_of_groups
cross join possible_moves
left join moves_made
    on
        days_of_groups.session_date = moves_made.session_date
        and days_of_groups.reels_group = moves_made.reels_group
        and days_of_groups.launch_phase = moves_made.launch_phase
        and possible_moves.from_feature = moves_made.from_state
        and possible_moves.to_feature = moves_made.to_state
{{ in_order_of('days_of_groups.session_date') }}
