{#-
    The complete periods of a target's statistic from the launch on, up to its deadline, the latest first
    (recency 1). Before the launch there is nothing to judge and nothing to compare with. What is to be reached
    within some months is judged on the first window that reaches it, so what comes after that is left out.
-#}

{% macro target_series(target, metric_values) %}
    {%- set months = target.deadline_months or target.within_months %}
    launched_periods as (

        select
            member,
            period_start,
            numerator,
            denominator,
            value,
            is_complete,
            {{ launch_of(target) }} as launched_on
        from {{ metric_values }}
        where
            metric_id = {{ sql_text(target.metric) }}
            and statistic = {{ sql_text(target.statistic) }}
            and period_grain = {{ sql_text(target.grain) }}
            and dimension = {{ sql_text(target.dimension) }}
            {%- if target.member is not none %}
            and member = {{ sql_text(target.member) }}
            {%- endif %}

    ),

    dated_periods as (

        select
            *,
            {% if months -%}
            cast({{ dbt.dateadd('month', months, 'launched_on') }} as date) as deadline
            {%- else -%}
            cast(null as date) as deadline
            {%- endif %}
        from launched_periods

    ),

    complete_periods as (

        select *
        from dated_periods
        where
            is_complete
            and period_start >= launched_on
            and (deadline is null or {{ periods_later(target, 1, 'period_start') }} <= deadline)

    ),
    {% if target.within_months %}
    reached as (

        select min(period_start) as reached_on
        from (
            {%- set window = 'over (order by period_start rows between ' ~ (target.periods - 1)
                ~ ' preceding and current row)' %}
            select
                period_start,
                count(*) {{ window }} as periods,
                {{ over_periods(target, window) }} as observed,
                sum(denominator) {{ window }} as denominator
            from complete_periods
        ) as windows
        where
            periods = {{ target.periods }}
            {%- if target.interval %}
            and {{ expected_events(target, 'denominator') }} >= {{ least_events() }}
            {%- endif %}
            and {{ satisfies(target) }}

    ),
    {% endif %}
    series as (

        select
            complete_periods.*,
            {{ 'reached.reached_on' if target.within_months else 'cast(null as date)' }} as reached_on,
            dense_rank() over (order by complete_periods.period_start desc) as recency
        from complete_periods
        {%- if target.within_months %}
        inner join reached
            on complete_periods.period_start <= coalesce(reached.reached_on, complete_periods.period_start)
        {%- endif %}

    )
{% endmacro %}


{#- A day so many of a target's periods after another. -#}
{% macro periods_later(target, periods, day) -%}
    {{ dbt.dateadd({'cohort': 'week'}.get(target.grain, target.grain), periods, day) }}
{%- endmacro %}


{#-
    Whether the periods of a series are enough to judge a target. What is promised by a day is judged on that day,
    when no further period ends before it; what is to be reached by then, as soon as it is reached.
-#}
{% macro is_mature(target) -%}
    count(distinct period_start) >= {{ target.periods }}
        {%- if target.minimum_periods is not none %}
        and count(value) >= {{ target.minimum_periods }}
        {%- endif %}
        {%- if target.deadline_months or target.within_months %}
        and (
            max(reached_on) is not null
            or {{ periods_later(target, 2, 'max(period_start)') }} > max(deadline)
        )
        {%- endif %}
{%- endmacro %}


{#-
    The day of the launch: what is told of it, or else the first sign of it in the data. That is the first
    row of the treated group where groups are compared; else the first period with something to count. What is
    to stay low may rightly be zero from the start, so there it is the first period with something to count it
    in. The first sign can be days after the launch where few people use a product.
-#}
{% macro launch_of(target) -%}
    {%- if target.launched_on -%}
        cast('{{ target.launched_on }}' as date)
    {%- elif target.basis in ['lift', 'diff'] and 'rows' in target.compare -%}
        {%- set compare = target.compare -%}
        (select min({{ compare.day }}) from {{ relation_of(compare.rows) }} where {{ compare.group }} = {{ sql_text(compare.treatment) }})
    {%- else -%}
        {%- set counted = 'denominator' if target.operator in ['<', '<='] else 'numerator' -%}
        min(case when coalesce({{ counted }}, value) > 0 then period_start end) over ()
    {%- endif -%}
{%- endmacro %}


{#-
    A target's statistic over several periods: a ratio of sums where it has parts, else the mean of the periods.
    A count of a sample is one of all: what is observed divided by the share that is sampled.

    scope  an SQL clause after each aggregate that says which periods: filter (where ...) or over (...)
-#}
{% macro over_periods(target, scope) -%}
    case
        when count(numerator) {{ scope }} > 0
            then sum(numerator) {{ scope }} / nullif(sum(denominator) {{ scope }}, 0)
        else avg(value) {{ scope }}
    end{{ ' / ' ~ '%.16e' % target.sampling_rate if target.scaled }}
{%- endmacro %}


{#- The periods of the window: the latest. -#}
{% macro latest(periods) -%}
    filter (where recency <= {{ periods }})
{%- endmacro %}


{#- As many periods before those, or further back: those that end `apart` periods earlier. -#}
{% macro latest_before(periods, apart=none) -%}
    {%- set first = (apart or periods) + 1 -%}
    filter (where recency between {{ first }} and {{ first + periods - 1 }})
{%- endmacro %}
