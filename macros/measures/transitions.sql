{#-
    A query of one row per pair of states between which sessions move: the columns of `by`, from_state, to_state and
    transitions. Each session comes from 'start' and goes to 'end'. States that repeat are folded into one, so no
    state leads to itself, and into each state as many lead as out of it.

    rows     a relation with one row per observation of a state
    session  names of the columns that tell sessions apart
    state    the column with the state, never null, and neither 'start' nor 'end'
    order    names of the columns that put the rows of a session in order, without ties
    by       names of further columns to count by, which are the same for all rows of a session
-#}

{% macro transitions(rows, session, state, order, by=[]) %}
    {%- set over = 'over (partition by ' ~ session | join(', ') ~ ' order by ' ~ order | join(', ') ~ ')' %}
    {%- set columns = by + ['from_state', 'to_state'] %}
    with observed as (

        select
            observations.*,
            coalesce(lag({{ state }}) {{ over }}, 'start') as from_state
        from {{ rows }} as observations

    ),

    folded as (

        select
            observed.*,
            {{ state }} as to_state,
            lead({{ state }}) {{ over }} as next_state
        from observed
        where from_state <> {{ state }}

    )

    select
        {{ columns | join(', ') }},
        count(*) as transitions
    from (
        select {{ columns | join(', ') }}
        from folded
        union all
        select
            {%- for column in by %}
            {{ column }},
            {%- endfor %}
            to_state as from_state,
            'end' as to_state
        from folded
        where next_state is null
    ) as moves
    group by {{ columns | join(', ') }}
{% endmacro %}
