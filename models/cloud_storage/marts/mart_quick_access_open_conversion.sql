with

-- Opens and clicks are events of their own days; whether an open followed is a fact of the click.
clicks_and_opens as (

    select
        click_date as event_date,
        platform,
        country,
        1 as clicks,
        case when is_followed_by_open then 1 else 0 end as clicks_followed_by_open,
        0 as quick_access_opens
    from {{ recent(ref('fct_cloud_storage__clicks')) }}
    union all
    select
        open_date as event_date,
        platform,
        country,
        0 as clicks,
        0 as clicks_followed_by_open,
        1 as quick_access_opens
    from {{ recent(ref('fct_cloud_storage__file_opens')) }}
    where open_method = 'quick_access'

)

{{ metric_by_period(
    rows='clicks_and_opens',
    day='event_date',
    dates=ref('dim_cloud_storage__dates'),
    statistics={
        'value': {
            'numerator': 'sum(quick_access_opens)',
            'denominator': 'sum(clicks)',
        },
        'followed_by_open': {
            'numerator': 'sum(clicks_followed_by_open)',
            'denominator': 'sum(clicks)',
        },
    },
    requires=[ref('fct_cloud_storage__clicks'), ref('fct_cloud_storage__file_opens')],
) }}
