{#-
    The rows of a mart for how much of its month a product has in a day or a week: the users of a shorter window divided
    by those of the month, of the same last day.

    rolling_users  a relation of rolling_active_users with the statistics `window` and mau
    window         the shorter one, such as dau
    statistic      what the quotient is called
-#}

{% macro rolling_users_over_month(rolling_users, window, statistic) %}
    select
        mau.period_grain,
        mau.period_start,
        mau.dimension,
        mau.member,
        {{ sql_text(statistic) }} as statistic,
        case when mau.value is not null then shorter.value end as numerator,
        mau.value as denominator,
        shorter.value / nullif(mau.value, 0) as value,
        mau.is_complete
    from {{ rolling_users }} as mau
    inner join {{ rolling_users }} as shorter
        on
            mau.period_start = shorter.period_start
            and mau.dimension = shorter.dimension
            and mau.member = shorter.member
    where
        mau.statistic = 'mau'
        and shorter.statistic = {{ sql_text(window) }}
{% endmacro %}
