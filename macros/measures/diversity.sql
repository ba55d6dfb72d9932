{#-
    A query of one row per group: how many items it spreads over, and how evenly. Columns: those of `by`, and
      total              the sum of `weight`
      distinct_items     items with a weight above zero
      effective_items    1 / sum of squared shares (inverse Herfindahl, Simpson; Hill's number of order 2): so many
                         items of equal share would be as diverse
      entropy            - sum of share * ln(share), in nats (Shannon); exp(entropy) is Hill's number of order 1
      evenness           entropy / ln(distinct_items), 0 to 1 (Pielou); null for one item
      rarefied_items     with `draws`: distinct items to expect of that many draws without replacement out of the
                         group's (Hurlbert 1971), so that groups of different sizes compare; null where the group has
                         fewer. `weight` is then a whole number

    rows    a relation with any number of rows per group and item
    item    the column with the item, never null
    weight  an expression of one row: 1 to count rows
    by      names of the columns that it is grouped by

    Relative error below 1e-12; of rarefied_items below 1e-7 for up to 1,000,000 rows, since it is made of logarithms
    of factorials.
-#}

{% macro diversity(rows, item, weight=1, by=[], draws=none) %}
    {%- set keys = (by | join(', ') ~ ', ') if by else '' %}
    {%- set double = engine_type('double') %}
    with item_weights as (

        select
            {{ keys }}{{ item }},
            cast(sum({{ weight }}) as {{ double }}) as item_weight
        from {{ rows }}
        group by {{ keys }}{{ item }}
        having sum({{ weight }}) > 0

    ),

    totals as (

        select
            item_weights.*,
            sum(item_weight) over ({{ 'partition by ' ~ by | join(', ') if by }}) as total
        from item_weights

    )

    select
        {{ keys }}max(total) as total,
        count(*) as distinct_items,
        1 / sum((item_weight / total) * (item_weight / total)) as effective_items,
        -sum(item_weight / total * ln(item_weight / total)) as entropy,
        -sum(item_weight / total * ln(item_weight / total)) / nullif(ln(cast(nullif(count(*), 0) as {{ double }})), 0) as evenness
        {%- if draws is not none %},
        case
            when max(total) >= {{ draws }} then sum(
                case
                    when total - item_weight < {{ draws }} then 1e0
                    else 1 - exp(
                        {{ log_factorial('(total - item_weight)') }} - {{ log_factorial('(total - item_weight - ' ~ draws ~ ')') }}
                        - {{ log_factorial('total') }} + {{ log_factorial('(total - ' ~ draws ~ ')') }}
                    )
                end
            )
        end as rarefied_items
        {%- endif %}
    from totals
    {%- if by %}
    group by {{ by | join(', ') }}
    {%- endif %}
{% endmacro %}
