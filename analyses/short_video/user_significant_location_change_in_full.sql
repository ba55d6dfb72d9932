-- question: 2.1.2 Significant change of a user's regular location
-- goal: Moves to another city are detected soon, and journeys are not taken for them.
-- metric: user_significant_location_change, changes / thousand days of located users (value), and those that days
--         (by_days), the profile (by_profile) and searches and businesses (by_local_evidence) confirm / changes
-- trap: a home that is confirmed once more, after a journey, is no change; and a change may have several methods
-- grain: week
-- reads: the fact of dominant cities and the dimension of homes
with

homes as (

    select
        user_id,
        city,
        confirmed_on,
        is_by_days,
        is_by_profile,
        is_by_local_evidence,
        lag(city) over (partition by user_id order by held_from) as old_city
    from {{ ref('fct_short_video__homes') }}

),

days_and_changes as (

    select
        location_date as activity_date,
        1 as located_days,
        0 as changes,
        0 as by_days,
        0 as by_profile,
        0 as by_local_evidence
    from {{ ref('fct_short_video__dominant_cities') }}
    where city <> 'unknown'
    union all
    select
        confirmed_on as activity_date,
        0 as located_days,
        1 as changes,
        case when is_by_days then 1 else 0 end as by_days,
        case when is_by_profile then 1 else 0 end as by_profile,
        case when is_by_local_evidence then 1 else 0 end as by_local_evidence
    from homes
    where city <> old_city

)

select
    cast(date_trunc('week', activity_date) as date) as period_start,
    1000 * cast(sum(changes) as double) / nullif(sum(located_days), 0) as value,
    cast(sum(by_days) as double) / nullif(sum(changes), 0) as by_days,
    cast(sum(by_profile) as double) / nullif(sum(changes), 0) as by_profile,
    cast(sum(by_local_evidence) as double) / nullif(sum(changes), 0) as by_local_evidence
from days_and_changes
group by cast(date_trunc('week', activity_date) as date)
order by period_start
