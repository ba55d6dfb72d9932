{#-
    A query of one row: how the entropy of items over all groups splits into what lies within groups and between them.
    Columns: entropy (of all rows together), within (each group's entropy, weighted by its share of the total) and
    between = entropy - within, never below zero: 0 where all groups spread alike, most where each keeps to items of
    its own. exp(between) is the effective number of groups that differ (Jost 2007, of order 1).

    The arguments are those of diversity; `group` names the columns that tell groups apart.
-#}

{% macro entropy_between(rows, item, group, weight=1) %}
    with within_groups as ({{ diversity(rows, item, weight, group) }}),

    altogether as ({{ diversity(rows, item, weight) }})

    select
        altogether.entropy,
        groups.within,
        altogether.entropy - groups.within as between_groups
    from altogether
    cross join (
        select sum(total * entropy) / sum(total) as within
        from within_groups
    ) as groups
{% endmacro %}
