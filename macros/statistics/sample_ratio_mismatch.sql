{#-
    A query that asks whether units fell into the variants as planned: one row overall (dimension and
    member `all`) and one per member of each segment. Columns: dimension, member, units, chi_square,
    p_value, alpha, is_mismatch.

    units     a relation with one row per unit: variant, and the segments
    shares    {variant: planned share}, on any scale; units of other variants are not counted
    segments  names of columns known at the exposure

    Pearson's chi-square test with one degree of freedom less than variants. A mismatch is a p-value below
    0.001 overall; the segments share another 0.001 evenly (Bonferroni). The test is an approximation
    where a variant expects fewer than about five units.
-#}

{% macro sample_ratio_mismatch(units, shares, segments=[]) %}
    {%- set string = engine_type('string') %}
    {%- set counts, terms = [], [] %}
    {%- for variant, share in shares.items() %}
        {%- set count = 'units_' ~ loop.index %}
        {%- set expected = '(units * ' ~ '%.16e' % (share / (shares.values() | sum)) ~ ')' %}
        {%- set surplus = '(' ~ count ~ ' - ' ~ expected ~ ')' %}
        {%- do counts.append('count(case when variant = ' ~ sql_text(variant) ~ ' then 1 end) as ' ~ count) %}
        {%- do terms.append(surplus ~ ' * ' ~ surplus ~ ' / nullif' ~ expected[:-1] ~ ', 0)') %}
    {%- endfor %}
    with variant_counts as (
        {% for dimension in ['all'] + segments %}
        select
            {{ sql_text(dimension) }} as dimension,
            {{ "'all'" if loop.first else 'cast(' ~ dimension ~ ' as ' ~ string ~ ')' }} as member,
            count(*) as units,
            {{ counts | join(',\n            ') }}
        from {{ units }}
        where variant in ({{ sql_texts(shares.keys()) }})
        {%- if not loop.first %}
        group by {{ dimension }}
        {%- endif %}
        {{ 'union all' if not loop.last }}
        {%- endfor %}
    ),

    chi_squares as (

        select
            dimension,
            member,
            units,
            {{ terms | join('\n            + ') }} as chi_square,
            {{ shares | length - 1 }}e0 as degrees_of_freedom,
            0.001e0 / case when dimension = 'all' then 1 else count(*) over () - 1 end as alpha
        from variant_counts

    ),

    p_values as (

        select
            *,
            {{ chi_square_tail('chi_square', 'degrees_of_freedom') }} as p_value
        from chi_squares

    )

    select
        dimension,
        member,
        units,
        chi_square,
        p_value,
        alpha,
        p_value < alpha as is_mismatch
    from p_values
{% endmacro %}
