{#-
    What shares bring, relative to the original itself, with intervals for which each original is a cluster: its views
    are alike, and there are more of them on a few originals than on all others. Three ratios:

    pooled     engagements per view of all shares / of all originals, shared or not
    matched    engagements on shares / those that the same original's own rate would bring
    expansion  people who engage with shares alone / with the original, of those shared with success
-#}
{%- set double = engine_type('double') -%}
{%- set measures = {
    'pooled': {
        'treatment': ['shared_engagements', 'shared_views'],
        'control': ['direct_engagements', 'direct_views'],
        'where': 'true',
    },
    'matched': {
        'treatment': ['shared_engagements', '1'],
        'control': ['shared_views * cast(direct_engagements as ' ~ double ~ ') / direct_views', '1'],
        'where': 'direct_views > 0 and shared_views > 0',
    },
    'expansion': {
        'treatment': ['share_only_engagers', '1'],
        'control': ['direct_engagers', '1'],
        'where': 'is_successfully_shared',
    },
} -%}

with

originals as (

    select *
    from {{ ref('fct_short_video__amplification') }}
    where {{ has_had_its_time('created_date') | indent(4) }}

),

units as (

    {% for measure, groups in measures.items() -%}
        {%- for kind in ['content_type', "'all'"] -%}
            select
                {{ sql_text(measure) }} as measure,
                {{ kind }} as content_type,
                cast({{ groups.treatment[0] }} as {{ double }}) as treatment_numerator,
                cast({{ groups.treatment[1] }} as {{ double }}) as treatment_denominator,
                cast({{ groups.control[0] }} as {{ double }}) as control_numerator,
                cast({{ groups.control[1] }} as {{ double }}) as control_denominator
            from originals
            where {{ groups.where }}
            {{ 'union all' if not loop.last }}
        {% endfor %}
        {{ 'union all' if not loop.last }}
    {% endfor %}

),

{{ ratio_comparison('units', 'lift', by=['measure', 'content_type']) | trim }}

select
    measure,
    content_type,
    units as originals,
    lift + 1 as ratio,
    interval_low + 1 as ratio_low,
    interval_high + 1 as ratio_high
from ratio_comparison
