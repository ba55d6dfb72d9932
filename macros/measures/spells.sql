{#-
    A query of one row per spell: a run of days of an actor with no gap longer than `gap_days` between one and the
    next. Columns: those of `actor`, started_on, ended_on, days_present (with a row) and days (from the first to the
    last, both counted).

    rows      a relation with any number of rows per actor and day
    actor     names of the columns that tell actors apart
    day       the column with the date, never null
    gap_days  the greatest distance of two days of a spell: 1 asks for days in a row, 3 forgives two missing ones

    Gaps and islands, as in Celko, "SQL for Smarties": a day that begins a spell has no other within `gap_days`
    before it, and the number of such days so far is the number of the spell.
-#}

{% macro spells(rows, actor, day, gap_days=1) %}
    {%- set keys = actor | join(', ') %}
    select
        {{ keys }},
        min(spell_day) as started_on,
        max(spell_day) as ended_on,
        count(*) as days_present,
        {{ days_between('min(spell_day)', 'max(spell_day)') }} + 1 as days
    from (
        select
            {{ keys }},
            spell_day,
            sum(case when {{ days_between('previous_day', 'spell_day') }} <= {{ gap_days }} then 0 else 1 end)
                over (partition by {{ keys }} order by spell_day) as spell_number
        from (
            select
                {{ keys }},
                {{ day }} as spell_day,
                lag({{ day }}) over (partition by {{ keys }} order by {{ day }}) as previous_day
            from {{ rows }}
            group by {{ keys }}, {{ day }}
        ) as days
    ) as numbered_days
    group by {{ keys }}, spell_number
{% endmacro %}
