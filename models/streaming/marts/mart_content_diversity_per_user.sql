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
            'numerator': 'sum(titles_watched)',
            'denominator': 'count(case when titles_watched > 0 then 1 end)',
        },
        'per_active_user': {
            'numerator': 'sum(titles_watched)',
            'denominator': 'count(*)',
        },
        'share_over_5': {
            'numerator': 'count(case when titles_watched > 5 then 1 end)',
            'denominator': 'count(*)',
        },
        'items_per_viewer': {
            'numerator': 'sum(items_watched)',
            'denominator': 'count(case when titles_watched > 0 then 1 end)',
        },
        'liked_per_active_user': {
            'numerator': 'sum(titles_liked)',
            'denominator': 'count(*)',
        },
    },
    requires=[ref('fct_streaming__playbacks')],
    grains=['month'],
) }}
