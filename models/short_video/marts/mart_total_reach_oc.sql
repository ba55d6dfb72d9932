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
        'value': {'numerator': 'sum(reach)', 'denominator': 'count(*)'},
        'on_original': {'numerator': 'sum(reach_on_original)', 'denominator': 'count(*)'},
        'on_shares': {'numerator': 'sum(reach_on_shares)', 'denominator': 'count(*)'},
        'on_both': {'numerator': 'sum(reach_on_both)', 'denominator': 'count(*)'},
        'summed_over_surfaces': {'numerator': 'sum(reach_summed)', 'denominator': 'count(*)'},
    },
    ripe_days=var('follow_up_days'),
    requires=[ref('fct_short_video__amplification') ~ ' where reach > 0'],
) }}
