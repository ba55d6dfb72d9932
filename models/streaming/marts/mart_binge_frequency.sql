with

user_months as (

    select * from {{ recent(ref('fct_streaming__user_months')) }}

)

{{ metric_by_period(
    rows='user_months',
    day='month_start',
    dates=ref('dim_streaming__dates'),
    statistics={
        'value': {
            'numerator': 'sum(binge_segments)',
            'denominator': 'count(case when binge_segments > 0 then 1 end)',
        },
        'per_active_user': {
            'numerator': 'sum(binge_segments)',
            'denominator': 'count(*)',
        },
        'share_of_users': {
            'numerator': 'count(case when binge_segments > 0 then 1 end)',
            'denominator': 'count(*)',
        },
        'episodes_per_binge': {
            'numerator': 'sum(binge_episodes)',
            'denominator': 'sum(binge_segments)',
        },
    },
    requires=[ref('fct_streaming__playbacks')],
    grains=['month'],
) }}
