with

-- Who clicked before the log began saw a first list before it, too.
users_shown_quick_access as (

    select
        known_users.user_id,
        known_users.first_impression_date,
        known_users.first_impression_platform as platform,
        known_users.first_impression_country as country,
        known_users.first_click_at is not null as has_clicked,
        coalesce(
            known_users.first_click_at < {{ dbt.dateadd('day', 14, 'known_users.first_impression_at') }}, false
        ) as has_clicked_in_time,
        coalesce(dates.is_complete_day, false) as is_time_over
    from {{ ref('dim_cloud_storage__users') }} as known_users
    left join {{ ref('dim_cloud_storage__dates') }} as dates
        on dates.date_day = cast({{ dbt.dateadd('day', 14, 'known_users.first_impression_at') }} as date)
    where
        known_users.first_impression_at is not null
        and not known_users.has_clicked_before_log

)

{{ metric_by_period(
    rows='users_shown_quick_access',
    day='first_impression_date',
    dates=ref('dim_cloud_storage__dates'),
    statistics={
        'value': {
            'numerator': 'count(case when is_time_over and has_clicked_in_time then 1 end)',
            'denominator': 'count(case when is_time_over then 1 end)',
        },
        'so_far': {
            'numerator': 'count(case when has_clicked then 1 end)',
            'denominator': 'count(*)',
        },
    },
    requires=[
        ref('fct_cloud_storage__impressions'),
        ref('fct_cloud_storage__clicks'),
        ref('dim_cloud_storage__users') ~ ' where first_click_at is not null',
    ],
    cohort_days=14,
) }}
