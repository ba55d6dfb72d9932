-- The marts show the experiment day by day and the readout judges it user by user: two ways through the same
-- actions, so their sums over the complete days are one.
with

sums_of_days as (

    select
        user_days.variant,
        count(*) as exposed_days,
        sum(user_days.searches) as searches,
        sum(user_days.files_opened) as files_opened,
        sum(user_days.sessions) as sessions
    from {{ ref('fct_cloud_storage__exposed_user_days') }} as user_days
    inner join {{ ref('dim_cloud_storage__dates') }} as dates
        on user_days.exposed_date = dates.date_day
    where dates.is_complete_day
    group by user_days.variant

),

sums_of_users as (

    select
        variant,
        sum(exposed_days) as exposed_days,
        sum(searches) as searches,
        sum(files_opened) as files_opened,
        sum(sessions) as sessions
    from {{ ref('fct_cloud_storage__experiment_users') }}
    group by variant

)

select
    sums_of_days.variant as variant_of_days,
    sums_of_users.variant as variant_of_users,
    sums_of_days.searches as searches_of_days,
    sums_of_users.searches as searches_of_users
from sums_of_days
full outer join sums_of_users
    on sums_of_days.variant = sums_of_users.variant
where
    coalesce(sums_of_days.exposed_days, -1) <> coalesce(sums_of_users.exposed_days, -1)
    or coalesce(sums_of_days.searches, -1) <> coalesce(sums_of_users.searches, -1)
    or coalesce(sums_of_days.files_opened, -1) <> coalesce(sums_of_users.files_opened, -1)
    or coalesce(sums_of_days.sessions, -1) <> coalesce(sums_of_users.sessions, -1)
