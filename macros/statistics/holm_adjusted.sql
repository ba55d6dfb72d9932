{#-
    A query of the given tests with one more column, adjusted_p_value, by Holm's step-down method (1979):
    rejecting where it is below alpha keeps the chance of any false rejection in a family below alpha.

    tests    a relation with one row per test and its p_value
    columns  names of its columns to keep
    family   names of the columns that tell families apart; without any, all rows are one family

    The i-th smallest of m p-values becomes the greatest (m - j + 1) * p_j of j <= i, at most 1. A test
    without a p-value still counts in m: the family is what was declared.
-#}

{% macro holm_adjusted(tests, columns, family=[]) %}
    {%- set partition = 'partition by ' ~ family | join(', ') if family else '' %}
    {%- set kept = (family + columns) | unique | join(', ') %}
    select
        {{ kept }},
        p_value,
        case
            when p_value is not null then max(case when bound < 1 then bound else 1 end) over (
                {{ partition }} order by step rows between unbounded preceding and current row
            )
        end as adjusted_p_value
    from (
        select
            *,
            (tests - step + 1) * p_value as bound
        from (
            select
                {{ kept }},
                p_value,
                count(*) over ({{ partition }}) as tests,
                row_number() over (
                    {{ partition }} order by case when p_value is null then 1 else 0 end, p_value
                ) as step
            from {{ tests }}
        ) as numbered
    ) as bounded
{% endmacro %}
