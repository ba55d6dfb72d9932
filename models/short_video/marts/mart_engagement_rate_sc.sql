{%- set double = engine_type('double') -%}

with

surfaces as (

    select *
    from {{ recent(ref('fct_short_video__content_surfaces')) }}

)

{{ metric_by_period(
    rows='surfaces',
    day='created_date',
    dates=ref('dim_short_video__dates'),
    statistics={
        'value': {'numerator': 'sum(shared_engagements)', 'denominator': 'sum(shared_views)'},
        'ratio_to_oc': {
            'numerator': 'sum(shared_engagements)',
            'denominator': 'sum(shared_views) * cast(sum(direct_engagements) as ' ~ double ~ ')'
                ~ ' / nullif(sum(direct_views), 0)',
        },
        'matched_ratio': {'numerator': 'sum(matched_engagements)', 'denominator': 'sum(expected_engagements)'},
        'mean_of_shares': {'numerator': 'sum(rates_of_shares)', 'denominator': 'sum(viewed_shares)'},
    },
    ripe_days=var('follow_up_days'),
    requires=[ref('fct_short_video__content_surfaces') ~ ' where shared_engagements > 0'],
) }}
