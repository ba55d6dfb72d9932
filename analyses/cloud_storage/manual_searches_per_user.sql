-- question: 4.1.1 Quick Access ML suggestions
-- goal: Users find files in less time and with fewer steps than without it.
-- metric: manual_searches_per_user, searches / days of exposed users
-- grain: day
with exposures as (
    select
        user_id,
        min(event_at) as exposed_at
    from {{ ref('stg_cloud_storage__experiment_assignment') }}
    where experiment_id = 'quick_access_home_panel' and is_exposure
    group by user_id
),

days as (
    select distinct cast(event_at as date) as calendar_day from {{ ref('stg_cloud_storage__file_opened') }}
)

select
    days.calendar_day as period_start,
    -- trap: per user who searches, the saving shows as a rise, for the panel spares the light searchers theirs
    cast(count(case when searches.event_at >= exposures.exposed_at then 1 end) as double)
    / count(distinct exposures.user_id) as value
from exposures
inner join days on days.calendar_day >= cast(exposures.exposed_at as date)
left join {{ ref('stg_cloud_storage__search_query_executed') }} as searches
    on exposures.user_id = searches.user_id and days.calendar_day = cast(searches.event_at as date)
group by days.calendar_day
order by period_start
