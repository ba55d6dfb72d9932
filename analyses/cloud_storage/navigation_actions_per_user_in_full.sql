-- question: 4.1.1 Quick Access ML suggestions
-- goal: Users find files in less time and with fewer steps than without it.
-- metric: navigation_actions_per_user, actions before an open / days of exposed users, all actions / the same days
--         (all_actions), and actions before an open / opens (per_open), for all variants and each
-- trap: without the open, who tidies folders looks like somebody who needs many steps; and per open, a panel that
--       brings more opens lowers the number though nobody walks less
-- note: some file is opened every day; where that is not so, take the days from a calendar table; who was exposed to
--       two variants belongs to the first
-- grain: week
with

ranked_exposures as (

    select
        user_id,
        variant,
        event_at as exposed_at,
        row_number() over (partition by user_id order by event_at, variant) as exposure_number
    from {{ ref('stg_cloud_storage__experiment_assignment') }}
    where
        experiment_id = 'quick_access_home_panel'
        and is_exposure

),

exposures as (

    select
        user_id,
        variant,
        exposed_at
    from ranked_exposures
    where exposure_number = 1

),

last_opens as (

    select
        user_id,
        session_id,
        max(event_at) as opened_at
    from {{ ref('stg_cloud_storage__file_opened') }}
    group by
        user_id,
        session_id

),

counted as (

    select
        user_id,
        event_at,
        1 as opens,
        0 as actions,
        0 as actions_before_open
    from {{ ref('stg_cloud_storage__file_opened') }}
    union all
    select
        actions.user_id,
        actions.event_at,
        0 as opens,
        1 as actions,
        case when actions.event_at <= last_opens.opened_at then 1 else 0 end as actions_before_open
    from {{ ref('stg_cloud_storage__navigation_action') }} as actions
    left join last_opens
        on
            actions.user_id = last_opens.user_id
            and actions.session_id = last_opens.session_id

),

days as (

    select distinct cast(event_at as date) as calendar_day
    from {{ ref('stg_cloud_storage__file_opened') }}

),

user_days as (

    select
        exposures.variant,
        cast(date_trunc('week', days.calendar_day) as date) as period_start,
        coalesce(sum(counted.opens), 0) as opens,
        coalesce(sum(counted.actions), 0) as actions,
        coalesce(sum(counted.actions_before_open), 0) as actions_before_open
    from exposures
    inner join days
        on days.calendar_day >= cast(exposures.exposed_at as date)
    left join counted
        on
            exposures.user_id = counted.user_id
            and days.calendar_day = cast(counted.event_at as date)
            and exposures.exposed_at <= counted.event_at
    group by
        exposures.user_id,
        exposures.variant,
        days.calendar_day

)

select
    user_days.period_start,
    coalesce(user_days.variant, 'all') as variant,
    cast(sum(user_days.actions_before_open) as double) / count(*) as value,
    cast(sum(user_days.actions) as double) / count(*) as all_actions,
    cast(sum(user_days.actions_before_open) as double) / nullif(sum(user_days.opens), 0) as per_open
from user_days
group by
    grouping sets (
        (user_days.period_start),
        (user_days.period_start, user_days.variant)
    )
order by user_days.period_start
