with

feature_days as (

    select *
    from {{ recent(ref('fct_short_video__user_feature_days')) }}

)

{{ metric_by_period(
    rows='feature_days',
    day='activity_date',
    dates=ref('dim_short_video__dates'),
    statistics={
        'value': {'numerator': 'sum(engagements)', 'denominator': 'sum(views)'},
        'engaged_user_days': {
            'numerator': 'count(case when engagements > 0 then 1 end)',
            'denominator': 'count(case when is_used then 1 end)',
        },
    },
    requires=[ref('fct_short_video__user_feature_days') ~ ' where engagements > 0'],
) }}
