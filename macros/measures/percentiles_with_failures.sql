{#-
    A query of one row per group: percentiles of how long attempts took, where one that failed took infinitely long. A
    percentile of the successes alone looks better the more fail. Columns: those of `by`, attempts, failures and, by the
    names in `levels`, the smallest time that so large a share of all attempts did not exceed; null where it lies among
    the failures.

    rows       a relation with one row per attempt
    value      the column with the time; an attempt without one has failed
    has_failed a condition
    levels     {name: level}; {p95: 0.95}
    by         names of the columns that it is grouped by
-#}

{% macro percentiles_with_failures(rows, value, has_failed, levels, by=[]) %}
    select
        {%- for column in by %}
        {{ column }},
        {%- endfor %}
        count(*) as attempts,
        count(case when {{ has_failed }} or {{ value }} is null then 1 end) as failures
        {%- for name, level in levels.items() %},
        {{ percentile_with_failures(value, has_failed, level) }} as {{ name }}
        {%- endfor %}
    from {{ rows }}
    {%- if by %}
    group by {{ by | join(', ') }}
    {%- endif %}
{% endmacro %}


{#- One of them, as an aggregate. -#}
{% macro percentile_with_failures(value, has_failed, level) -%}
    {%- set for_ever = "cast('infinity' as " ~ engine_type('double') ~ ')' -%}
    {%- set taken = 'case when ' ~ has_failed ~ ' or ' ~ value ~ ' is null then ' ~ for_ever ~ ' else ' ~ value ~ ' end' -%}
    nullif({{ percentile(taken, level) }}, {{ for_ever }})
{%- endmacro %}
