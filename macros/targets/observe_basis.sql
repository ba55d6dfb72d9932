{#-
    The complete periods of a target's statistic from the launch on, up to its deadline, the latest first
    (recency 1). Before the launch there is nothing to judge and nothing to compare with.
-#}

{% macro target_series(target, metric_values) %}
    series as (

        select
            period_start,
            numerator,
            denominator,
            value,
            deadline,
            row_number() over (order by period_start desc) as recency
        from (
            select
                period_start,
                numerator,
                denominator,
                value,
                is_complete,
                launched_on,
                {% if target.deadline_months is none -%}
                cast(null as date) as deadline
                {%- else -%}
                cast({{ dbt.dateadd('month', target.deadline_months, 'launched_on') }} as date) as deadline
                {%- endif %}
            from (
                select
                    period_start,
                    numerator,
                    denominator,
                    value,
                    is_complete,
                    {{ launch_of(target) }} as launched_on
                from {{ metric_values }}
                where
                    metric_id = '{{ target.metric }}'
                    and statistic = '{{ target.statistic }}'
                    and period_grain = '{{ target.grain }}'
                    and dimension = '{{ target.dimension }}'
                    and member = '{{ target.member }}'
            ) as all_periods
        ) as dated_periods
        where
            is_complete
            and period_start >= launched_on
            and (deadline is null or period_start < deadline)

    )
{% endmacro %}


{#-
    The day of the launch: what is told of it, or else the first sign of it in the data. That is the first
    row of the treated group where groups are compared; else the first period with something to count. What is
    to stay low may rightly be zero from the start, so there it is the first period with something to count it
    in. The first sign can be days after the launch where few people use a product.
-#}
{% macro launch_of(target) -%}
    {%- if target.launched_on -%}
        cast('{{ target.launched_on }}' as date)
    {%- elif target.basis == 'lift' and 'rows' in target.compare -%}
        {%- set compare = target.compare -%}
        (select min({{ compare.day }}) from {{ relation_of(compare.rows) }} where {{ compare.group }} = '{{ compare.treatment }}')
    {%- else -%}
        {%- set counted = 'denominator' if target.operator in ['<', '<='] else 'numerator' -%}
        min(case when coalesce({{ counted }}, value) > 0 then period_start end) over ()
    {%- endif -%}
{%- endmacro %}


{#- A statistic over several periods: a ratio of sums where it has parts, else the mean of the periods. -#}
{% macro over_periods(condition) -%}
    case
        when count(numerator) filter (where {{ condition }}) > 0
            then sum(numerator) filter (where {{ condition }}) / nullif(sum(denominator) filter (where {{ condition }}), 0)
        else avg(value) filter (where {{ condition }})
    end
{%- endmacro %}


{#- The metric's own value in the window. -#}
{% macro observe_level(target, metric_values) %}
    with

    {{ target_series(target, metric_values) | trim }}

    select
        min(period_start) filter (where recency <= {{ target.periods }}) as window_start,
        max(period_start) as window_end,
        count(*) as periods,
        count(*) >= {{ target.periods }}
        {%- if target.minimum_periods is not none %}
        and count(value) >= {{ target.minimum_periods }}
        {%- endif %}
        {%- if target.deadline_months is not none %}
        -- What is promised by a day is judged on that day: the last period before it ends the day before.
        and max(period_start) >= {{ dbt.dateadd('day', -1, 'max(deadline)') }}
        {%- endif %} as is_mature,
        cast(null as {{ engine_type('double') }}) as baseline_value,
        {{ over_periods('recency <= ' ~ target.periods) }} as observed,
        {{ no_comparison() }}
    from series
{% endmacro %}


{#-
    Whether a baseline is there: the share of the numbers it is made of, statistics of metrics in each of
    the latest complete periods, that the marts have.
-#}
{% macro observe_exists(target, metric_values) %}
    {%- set compare = target.compare %}
    with

    {{ target_series(target, metric_values) | trim }},

    judged_periods as (

        select period_start
        from series
        where recency <= {{ target.periods }}

    ),

    baselines as (

        select count(metrics.value) as numbers
        from {{ metric_values }} as metrics
        inner join judged_periods
            on metrics.period_start = judged_periods.period_start
        where
            metrics.metric_id in ('{{ compare.metrics | join("', '") }}')
            and metrics.statistic in ('{{ compare.statistics | join("', '") }}')
            and metrics.period_grain = '{{ target.grain }}'
            and metrics.dimension = '{{ target.dimension }}'
            and metrics.member = '{{ target.member }}'

    )

    select
        min(judged_periods.period_start) as window_start,
        max(judged_periods.period_start) as window_end,
        count(*) as periods,
        count(*) >= {{ target.periods }} as is_mature,
        cast(null as {{ engine_type('double') }}) as baseline_value,
        1e0 * max(baselines.numbers)
        / {{ target.periods * (compare.metrics | length) * (compare.statistics | length) }} as observed,
        {{ no_comparison() }}
    from judged_periods
    cross join baselines
{% endmacro %}


{#- Relative change against the window of the same length before it. -#}
{% macro observe_growth(target, metric_values) %}
    with

    {{ target_series(target, metric_values) | trim }},

    windows as (

        select
            min(period_start) filter (where recency <= {{ target.periods }}) as window_start,
            max(period_start) as window_end,
            count(*) as periods,
            {{ over_periods('recency <= ' ~ target.periods) }} as current_value,
            {{ over_periods('recency between ' ~ (target.periods + 1) ~ ' and ' ~ (2 * target.periods)) }} as baseline_value
        from series

    )

    select
        window_start,
        window_end,
        periods,
        periods >= {{ 2 * target.periods }} as is_mature,
        baseline_value,
        current_value / nullif(baseline_value, 0) - 1 as observed,
        {{ no_comparison() }}
    from windows
{% endmacro %}


{#-
    The lift of a treatment, as the readout of its experiment has it: in the planned window, and mature when
    that is over. Significant is what the readout calls better beyond chance, among all metrics of its role.
    A readout whose split is not as planned has no lift, so there is nothing to judge.
-#}
{% macro observe_readout(target, metric_values) %}
    {%- set compare = target.compare %}
    select
        treatment.started_on as window_start,
        treatment.observed_until as window_end,
        treatment.days_observed as periods,
        treatment.is_final as is_mature,
        control.estimate as baseline_value,
        treatment.lift as observed,
        treatment.difference,
        treatment.lift_low as interval_low,
        treatment.lift_high as interval_high,
        treatment.adjusted_p_value as p_value,
        treatment.is_better_beyond_chance
    from {{ relation_of(compare.readout) }} as treatment
    inner join {{ relation_of(compare.readout) }} as control
        on treatment.metric = control.metric
    where
        treatment.metric = '{{ compare.metric }}'
        and treatment.variant = '{{ compare.treatment }}'
        and control.variant = '{{ compare.control }}'
{% endmacro %}


{#- Relative difference of a ratio between two groups of rows, with its interval, judged at the unit. -#}
{% macro observe_lift(target, metric_values) %}
    {%- set compare = target.compare %}
    with

    {{ target_series(target, metric_values) | trim }},

    judged_window as (

        select
            min(period_start) as window_start,
            max(period_start) as window_end,
            count(*) as periods
        from series
        where recency <= {{ target.periods }}

    ),

    unit_sums as (

        select
            {{ compare.unit }} as unit_id,
            sum(case when {{ compare.group }} = '{{ compare.treatment }}' then {{ compare.numerator }} else 0 end)
                as treatment_numerator,
            sum(case when {{ compare.group }} = '{{ compare.treatment }}' then {{ compare.denominator }} else 0 end)
                as treatment_denominator,
            sum(case when {{ compare.group }} = '{{ compare.control }}' then {{ compare.numerator }} else 0 end)
                as control_numerator,
            sum(case when {{ compare.group }} = '{{ compare.control }}' then {{ compare.denominator }} else 0 end)
                as control_denominator
        from {{ relation_of(compare.rows) }}
        inner join judged_window
            on {{ compare.day }} between judged_window.window_start and judged_window.window_end
        where {{ compare.group }} in ('{{ compare.treatment }}', '{{ compare.control }}')
        group by {{ compare.unit }}

    ),

    compared_units as (

        select *
        from unit_sums
        {%- if compare.get('units_in_both_groups') %}
        where
            treatment_denominator > 0
            and control_denominator > 0
        {%- endif %}

    ),

    {{ ratio_lift('compared_units') | trim }}

    select
        judged_window.window_start,
        judged_window.window_end,
        judged_window.periods,
        judged_window.periods >= {{ target.periods }} as is_mature,
        ratio_lift.control_value as baseline_value,
        ratio_lift.lift as observed,
        ratio_lift.difference,
        ratio_lift.interval_low,
        ratio_lift.interval_high,
        ratio_lift.p_value
    from judged_window
    cross join ratio_lift
{% endmacro %}


{% macro no_comparison() -%}
    cast(null as {{ engine_type('double') }}) as difference,
        cast(null as {{ engine_type('double') }}) as interval_low,
        cast(null as {{ engine_type('double') }}) as interval_high,
        cast(null as {{ engine_type('double') }}) as p_value
{%- endmacro %}
