-- question: 4.1.1 Quick Access ML suggestions
-- goal: Users find files in less time and with fewer steps than without it.
-- metric: manual_searches_per_user, searches / days of exposed users, and searches / users who searched
--         (per_searcher), for all variants and each
-- trap: the average over those who search leaves out the light searchers whom the panel spares it, so the saving shows
--       as a rise; each day from the first exposure on counts, with a search or without
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

days as (

    select distinct cast(event_at as date) as calendar_day
    from {{ ref('stg_cloud_storage__file_opened') }}

),

user_days as (

    select
        exposures.user_id,
        exposures.variant,
        cast(date_trunc('week', days.calendar_day) as date) as period_start,
        count(searches.event_at) as searches
    from exposures
    inner join days
        on days.calendar_day >= cast(exposures.exposed_at as date)
    left join {{ ref('stg_cloud_storage__search_query_executed') }} as searches
        on
            exposures.user_id = searches.user_id
            and days.calendar_day = cast(searches.event_at as date)
            and exposures.exposed_at <= searches.event_at
    group by
        exposures.user_id,
        exposures.variant,
        days.calendar_day

)

select
    user_days.period_start,
    coalesce(user_days.variant, 'all') as variant,
    cast(sum(user_days.searches) as double) / count(*) as value,
    cast(sum(user_days.searches) as double)
    / nullif(count(distinct case when user_days.searches > 0 then user_days.user_id end), 0) as per_searcher
from user_days
group by
    grouping sets (
        (user_days.period_start),
        (user_days.period_start, user_days.variant)
    )
order by user_days.period_start
