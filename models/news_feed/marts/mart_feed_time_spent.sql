with

sessions as (

    select
        *,
        user_id || ' ' || cast(session_date as {{ engine_type('string') }}) as user_day
    from {{ recent(ref('fct_news_feed__sessions')) }}

)

{{ metric_by_period(
    rows='sessions',
    day='session_date',
    dates=ref('dim_news_feed__dates'),
    statistics={
        'value': {
            'numerator': 'sum(duration_ms) / 60000e0',
            'denominator': 'count(case when has_end then 1 end)',
        },
        'all_sessions': {
            'numerator': 'sum(feed_ms) / 60000e0',
            'denominator': 'count(*)',
        },
        'per_active_day': {
            'numerator': 'sum(feed_ms) / 60000e0',
            'denominator': 'count(distinct user_day)',
        },
    },
    requires=[ref('fct_news_feed__sessions') ~ ' where has_end'],
) }}
