{#-
    What must hold in every mart whatever it measures. Returns the rows that break a rule, with the
    rule: one row per key; a value is its parts divided; values lie in the plausible range that the
    statistic declares; parts of days add up to weeks and months, and those of slices to all, unless
    the statistic says `parts_add_up: false`, as one of distinct users must.
-#}

{% test metric_is_consistent(model) %}

{%- set statistics, additive = {}, [] -%}
{%- if execute -%}
    {%- set statistics = graph.nodes['model.' ~ project_name ~ '.' ~ model.identifier].config.meta.gsmt.statistics -%}
    {%- for name, facts in statistics.items() if facts.get('parts_add_up', true) -%}
        {%- do additive.append(name) -%}
    {%- endfor -%}
{%- endif %}

with

metric as (

    select * from {{ model }}

),

repeated_keys as (

    select
        'the key repeats' as rule,
        period_grain,
        period_start,
        dimension,
        member,
        statistic
    from metric
    group by
        period_grain,
        period_start,
        dimension,
        member,
        statistic
    having count(*) > 1

),

wrong_values as (

    select
        case
            when denominator = 0 and value is not null then 'value is not null over a zero denominator'
            when denominator <> 0 and value is null then 'value is null though it has parts'
            when abs(value - numerator / nullif(denominator, 0)) > 1e-9 * (1 + abs(value))
                then 'value is not numerator / denominator'
            when not coalesce(is_plausible, true) then 'value is outside the plausible range'
        end as rule,
        period_grain,
        period_start,
        dimension,
        member,
        statistic
    from (
        select
            *,
            case statistic
            {%- for name, limits in statistics.items() %}
                when {{ sql_text(name) }}
                    then value >= {{ limits.minimum }}
                        {%- if 'maximum' in limits %} and value <= {{ limits.maximum }}{% endif %}
            {%- endfor %}
                else value is null
            end as is_plausible
        from metric
    ) as checked

),

-- Statistics without parts, such as distinct users, have nothing that adds up.
metric_that_adds_up as (

    select *
    from metric
    where
        denominator is not null
        and statistic in ({{ sql_texts(additive) }})

),

sums_over_members as (

    select
        'the parts of the members do not add up to all' as rule,
        slices.period_grain,
        slices.period_start,
        slices.dimension,
        'every' as member,
        slices.statistic
    from metric_that_adds_up as slices
    inner join metric_that_adds_up as totals
        on
            slices.period_grain = totals.period_grain
            and slices.period_start = totals.period_start
            and slices.statistic = totals.statistic
            and totals.dimension = 'all'
    where slices.dimension <> 'all'
    group by
        slices.period_grain,
        slices.period_start,
        slices.dimension,
        slices.statistic
    having
        abs(sum(slices.numerator) - max(totals.numerator)) > 1e-6 * (1 + abs(max(totals.numerator)))
        or abs(sum(slices.denominator) - max(totals.denominator)) > 1e-6 * (1 + abs(max(totals.denominator)))

),

sums_over_grains as (

    select
        dimension,
        member,
        statistic,
        period_grain,
        sum(numerator) as numerator,
        sum(denominator) as denominator
    from metric_that_adds_up
    group by
        dimension,
        member,
        statistic,
        period_grain

),

grains_that_differ as (

    select
        'the parts of the days do not add up to the longer periods' as rule,
        periods.period_grain,
        cast(null as date) as period_start,
        periods.dimension,
        periods.member,
        periods.statistic
    from sums_over_grains as periods
    inner join sums_over_grains as days
        on
            periods.dimension = days.dimension
            and periods.member = days.member
            and periods.statistic = days.statistic
            and days.period_grain = 'day'
    where
        abs(periods.numerator - days.numerator) > 1e-6 * (1 + abs(days.numerator))
        or abs(periods.denominator - days.denominator) > 1e-6 * (1 + abs(days.denominator))

)

select * from repeated_keys
union all
select * from wrong_values
where rule is not null
union all
select * from sums_over_members
union all
select * from grains_that_differ

{% endtest %}
