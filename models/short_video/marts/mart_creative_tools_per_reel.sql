with

reels as (

    select *
    from {{ recent(ref('fct_short_video__reels')) }}

)

{{ metric_by_period(
    rows='reels',
    day='published_date',
    dates=ref('dim_short_video__dates'),
    statistics={
        'value': {'numerator': 'sum(tools_listed)', 'denominator': 'count(*)'},
        'of_reels_with_tools': {
            'numerator': 'sum(tools_listed)',
            'denominator': 'count(case when tools_listed > 0 then 1 end)',
        },
        'reels_with_tools': {
            'numerator': 'count(case when tools_listed > 0 then 1 end)',
            'denominator': 'count(*)',
        },
    },
    requires=[ref('fct_short_video__reels')],
) }}
