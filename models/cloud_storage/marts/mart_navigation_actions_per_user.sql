with

exposed_user_days as (

    select * from {{ recent(ref('fct_cloud_storage__exposed_user_days')) }}

)

{{ metric_by_period(
    rows='exposed_user_days',
    day='exposed_date',
    dates=ref('dim_cloud_storage__dates'),
    statistics={
        'value': {
            'numerator': 'sum(navigation_actions_before_open)',
            'denominator': 'count(*)',
        },
        'all_actions': {
            'numerator': 'sum(navigation_actions)',
            'denominator': 'count(*)',
        },
        'per_open': {
            'numerator': 'sum(navigation_actions_before_open)',
            'denominator': 'sum(files_opened)',
        },
    },
    requires=[
        ref('fct_cloud_storage__exposed_user_days'),
        ref('fct_cloud_storage__user_actions') ~ " where action = 'navigation'",
    ],
) }}
