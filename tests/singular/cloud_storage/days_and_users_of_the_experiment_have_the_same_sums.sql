-- The marts show the experiment day by day and the readout judges it user by user: two ways through the same
-- actions, so a user's sums over the planned days are one. The readout drops who meets a second variant.
with

planned_window as (

    select
        min(started_on) as started_on,
        max(observed_until) as observed_until
    from {{ ref('cloud_storage__experiment_readout') }}

),

planned_users as (

    select
        known_users.user_id,
        known_users.variant,
        planned_window.observed_until
    from {{ ref('dim_cloud_storage__users') }} as known_users
    inner join planned_window
        on
            cast(known_users.exposed_at as date)
            between planned_window.started_on and planned_window.observed_until
    where
        known_users.variant is not null
        and known_users.other_variant_at is null

),

sums_of_days as (

    select
        planned_users.user_id,
        planned_users.variant,
        count(*) as exposed_days,
        sum(user_days.searches) as searches,
        sum(user_days.files_opened) as files_opened,
        sum(user_days.sessions) as sessions
    from planned_users
    inner join {{ ref('fct_cloud_storage__exposed_user_days') }} as user_days
        on
            planned_users.user_id = user_days.user_id
            and planned_users.observed_until >= user_days.exposed_date
    group by
        planned_users.user_id,
        planned_users.variant

),

sums_of_users as (

    select
        planned_users.user_id,
        units.variant,
        units.exposed_days,
        units.searches,
        units.files_opened,
        units.sessions
    from planned_users
    inner join {{ ref('fct_cloud_storage__experiment_users') }} as units
        on planned_users.user_id = units.unit_id

)

select
    sums_of_days.user_id as user_of_days,
    sums_of_users.user_id as user_of_users,
    sums_of_days.searches as searches_of_days,
    sums_of_users.searches as searches_of_users
from sums_of_days
full outer join sums_of_users
    on
        sums_of_days.user_id = sums_of_users.user_id
        and sums_of_days.variant = sums_of_users.variant
where
    coalesce(sums_of_days.exposed_days, -1) <> coalesce(sums_of_users.exposed_days, -1)
    or coalesce(sums_of_days.searches, -1) <> coalesce(sums_of_users.searches, -1)
    or coalesce(sums_of_days.files_opened, -1) <> coalesce(sums_of_users.files_opened, -1)
    or coalesce(sums_of_days.sessions, -1) <> coalesce(sums_of_users.sessions, -1)
