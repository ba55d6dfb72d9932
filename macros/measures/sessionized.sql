{#-
    A query of all rows of a relation with one more column, session_number: 1 for the first session of an actor,
    2 for the next ... A session ends where nothing follows for longer than `idle_seconds`; a gap of exactly that
    length does not end it. Rows at the same time are in the same session.

    rows          a relation with one row per event
    actor         names of the columns that tell actors apart
    at            the column with the time, never null
    idle_seconds  the longest gap within a session

    The definition of web analytics, with 30 minutes as its usual gap: Catledge and Pitkow, "Characterizing browsing
    strategies in the World-Wide Web" (1995), found 25.5.
-#}

{% macro sessionized(rows, actor, at, idle_seconds) %}
    {%- set keys = actor | join(', ') %}
    select
        gaps.*,
        {#- The default frame ends with the last of the rows at the same time, so that their order does not count. #}
        sum(case when {{ seconds_between('previous_at', at) }} <= {{ idle_seconds }} then 0 else 1 end)
            over (partition by {{ keys }} order by {{ at }}) as session_number
    from (
        select
            events.*,
            lag({{ at }}) over (partition by {{ keys }} order by {{ at }}) as previous_at
        from {{ rows }} as events
    ) as gaps
{% endmacro %}
