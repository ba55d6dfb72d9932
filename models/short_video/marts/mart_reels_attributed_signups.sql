{%- set kinds = {
    'value': "in ('declared reels', 'touched reels')",
    'declared_reels': "= 'declared reels'",
    'touched_reels': "= 'touched reels'",
    'declared_other': "= 'declared other'",
    'without_source': "= 'none'",
} -%}
{%- set statistics = {} -%}
{%- for name, condition in kinds.items() -%}
    {%- do statistics.update({name: {
        'numerator': 'count(case when attribution ' ~ condition ~ ' then 1 end)',
        'denominator': 'count(*)',
    }}) -%}
{%- endfor -%}

with

signups as (

    select *
    from {{ recent(ref('fct_short_video__signups')) }}

)

{{ metric_by_period(
    rows='signups',
    day='signup_date',
    dates=ref('dim_short_video__dates'),
    statistics=statistics,
    requires=[ref('fct_short_video__signups')],
) }}
