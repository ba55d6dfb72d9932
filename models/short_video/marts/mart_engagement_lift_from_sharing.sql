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
        'value': {
            'numerator': 'sum(case when direct_engagements > 0 then shared_engagements else 0 end)',
            'denominator': 'sum(direct_engagements)',
        },
        'mean_of_originals': {'numerator': 'sum(lift)', 'denominator': 'count(lift)'},
        'by_shares_alone': {
            'numerator': 'count(case when direct_engagements = 0 and shared_engagements > 0 then 1 end)',
            'denominator': 'count(*)',
        },
        'top_5_percent': {
            'numerator': least_of_the_top('lift', 0.05),
            'denominator': 'case when ' ~ least_of_the_top('lift', 0.05) ~ ' > 0 then 1 else 0 end',
        },
    },
    ripe_days=var('follow_up_days'),
    requires=[ref('fct_short_video__amplification') ~ ' where shared_engagements > 0'],
) }}
