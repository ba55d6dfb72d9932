with

plays as (

    select *
    from {{ recent(ref('fct_short_video__plays')) }}

),

-- Each reel's own rate of a day: a reel with three views counts as much as one with three thousand.
reels_of_days as (

    select
        reel_id,
        view_date,
        view_source,
        length_band,
        sum(views_represented) as views,
        sum(engagements * views_represented) as engagements,
        sum(unlikes * views_represented) as unlikes,
        count(distinct user_id) as viewers,
        count(distinct case when engagements > 0 then user_id end) as engaged_viewers
    from plays
    group by
        reel_id,
        view_date,
        view_source,
        length_band

)

{{ metric_by_period(
    rows='reels_of_days',
    day='view_date',
    dates=ref('dim_short_video__dates'),
    statistics={
        'value': {'numerator': 'sum(engagements)', 'denominator': 'sum(views)'},
        'mean_of_reels': {
            'numerator': 'sum(cast(engagements as ' ~ engine_type('double') ~ ') / nullif(views, 0))',
            'denominator': 'count(*)',
        },
        'net_of_unlikes': {'numerator': 'sum(engagements - unlikes)', 'denominator': 'sum(views)'},
        'engaged_viewers': {'numerator': 'sum(engaged_viewers)', 'denominator': 'sum(viewers)'},
    },
    requires=[ref('fct_short_video__plays') ~ ' where engagements > 0'],
) }}
