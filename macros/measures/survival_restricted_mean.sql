{#-
    A query of one row per group: the columns of `by` and restricted_mean, the mean duration where none counts for more
    than `within`: the area under the survival curve up to there. The mean itself is unknown as long as anybody is left;
    this one is known as far as the curve goes, and after its end nobody more is taken to drop out.

    curve   a relation as survival makes it
    within  a number, in the unit of the durations
    by      names of columns to group by

    Irwin (1949); Royston and Parmar, "Restricted mean survival time" (2013). Against
    statsmodels: relative error below 1e-12.
-#}

{% macro survival_restricted_mean(curve, within, by=[]) %}
    {%- set over = 'over (' ~ ('partition by ' ~ by | join(', ') ~ ' ' if by) ~ 'order by duration)' %}
    select
        {%- for column in by %}
        {{ column }},
        {%- endfor %}
        -- From one step to the next the curve is level, and before the first it is 1.
        min(least(duration, {{ within }}))
        + sum(survival * (least(coalesce(next_duration, {{ within }}), {{ within }}) - least(duration, {{ within }})))
            as restricted_mean
    from (
        select
            {%- for column in by %}
            {{ column }},
            {%- endfor %}
            duration,
            survival,
            lead(duration) {{ over }} as next_duration
        from {{ curve }}
    ) as steps
    {%- if by %}
    group by {{ by | join(', ') }}
    {%- endif %}
{% endmacro %}
