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
        'value': {'numerator': 'sum(direct_engagements)', 'denominator': 'sum(direct_views)'},
        'mean_of_originals': {
            'numerator': 'sum(cast(direct_engagements as ' ~ engine_type('double') ~ ') / nullif(direct_views, 0))',
            'denominator': 'count(case when direct_views > 0 then 1 end)',
        },
        'on_any_surface': {
            'numerator': 'sum(direct_engagements + shared_engagements)',
            'denominator': 'sum(views)',
        },
    },
    ripe_days=var('follow_up_days'),
    requires=[ref('fct_short_video__amplification') ~ ' where direct_engagements > 0'],
) }}
