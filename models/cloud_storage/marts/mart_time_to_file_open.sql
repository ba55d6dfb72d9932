with

exposed_users_opens as (

    select *
    from {{ recent(ref('fct_cloud_storage__file_opens')) }}
    where variant is not null

)

{{ metric_by_period(
    rows='exposed_users_opens',
    day='open_date',
    dates=ref('dim_cloud_storage__dates'),
    statistics={
        'value': {
            'numerator': 'sum(seconds_from_previous_action)',
            'denominator': 'count(seconds_from_previous_action)',
        },
        'from_task_start': {
            'numerator': 'sum(seconds_from_task_start)',
            'denominator': 'count(seconds_from_task_start)',
        },
        'commonly_used_files': {
            'numerator': 'sum(case when is_commonly_used_file then seconds_from_task_start end)',
            'denominator': 'count(case when is_commonly_used_file then seconds_from_task_start end)',
        },
    },
    requires=[ref('fct_cloud_storage__file_opens'), ref('fct_cloud_storage__experiment_exposures')],
) }}
