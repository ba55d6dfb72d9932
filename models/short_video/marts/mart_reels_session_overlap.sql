with

features as (

    {% for feature in short_video_list('short_video_features') if feature != 'Reels' -%}
        select {{ sql_text(feature) }} as feature_name
        {{ 'union all' if not loop.last }}
    {% endfor %}

),

-- One row per session and feature beside reels, whether the session has it or not.
session_features as (

    select
        sessions.session_key,
        sessions.session_date,
        sessions.platform,
        sessions.reels_group,
        features.feature_name,
        sessions.reels_interactions > 0 as has_reels,
        used.session_key is not null as has_feature
    from {{ recent(ref('fct_short_video__sessions')) }} as sessions
    cross join features
    left join {{ recent(ref('fct_short_video__session_features')) }} as used
        on
            sessions.session_key = used.session_key
            and features.feature_name = used.feature_name
            and sessions.session_date = used.session_date
    where sessions.interactions > 0

)

{{ metric_by_period(
    rows='session_features',
    day='session_date',
    dates=ref('dim_short_video__dates'),
    statistics={
        'value': {
            'numerator': 'count(distinct case when has_reels and has_feature then session_key end)',
            'denominator': 'count(distinct case when has_reels then session_key end)',
        },
        'without_reels': {
            'numerator': 'count(distinct case when not has_reels and has_feature then session_key end)',
            'denominator': 'count(distinct case when not has_reels then session_key end)',
        },
    },
    requires=[ref('fct_short_video__sessions') ~ ' where reels_interactions > 0'],
) }}
