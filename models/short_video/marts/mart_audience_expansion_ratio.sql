{%- set double = engine_type('double') -%}

with

originals as (

    select *
    from {{ recent(ref('fct_short_video__amplification')) }}

)

{{ metric_by_period(
    rows='originals',
    day='created_date',
    dates=ref('dim_short_video__dates'),
    statistics={
        'value': {'numerator': 'sum(share_only_engagers)', 'denominator': 'sum(direct_engagers)'},
        'successful': {
            'numerator': 'sum(case when is_successfully_shared then share_only_engagers else 0 end)',
            'denominator': 'sum(case when is_successfully_shared then direct_engagers else 0 end)',
        },
        'mean_of_originals': {
            'numerator': 'sum(case when is_successfully_shared then cast(share_only_engagers as ' ~ double ~ ')'
                ~ ' / nullif(direct_engagers, 0) end)',
            'denominator': 'count(case when is_successfully_shared and direct_engagers > 0 then 1 end)',
        },
    },
    ripe_days=var('follow_up_days'),
    requires=[ref('fct_short_video__amplification') ~ ' where share_only_engagers > 0'],
) }}
