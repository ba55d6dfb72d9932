-- question: 2.1.2 Significant change of a user's regular location
-- goal: Moves to another city are detected soon, and journeys are not taken for them.
-- metric: move_detection_latency, mean days from the effective date to the detection (value); of moves told of in the
--         survey mean days of those detected within 60 (from_true_start), and the shares detected within 30 and 60 days
--         (within_30_days, within_60_days)
-- trap: only what is detected has a latency: the shares of all moves count those that are missed
-- grain: week
-- reads: the facts of changes and of validated moves, the dates
with

days as (

    select
        detected_on as counted_on,
        days_to_detect as estimated_days,
        1 as changes,
        0 as moves,
        0 as true_days,
        0 as within_30,
        0 as within_60
    from {{ ref('fct_short_video__location_changes') }}
    union all
    select
        stable_from as counted_on,
        0 as estimated_days,
        0 as changes,
        1 as moves,
        case when days_to_detect <= 60 then days_to_detect else 0 end as true_days,
        case when days_to_detect <= 30 then 1 else 0 end as within_30,
        case when days_to_detect <= 60 then 1 else 0 end as within_60
    from {{ ref('fct_short_video__validated_moves') }}
    where
        stable_from <= (
            select max(dates.date_day) - interval '60' day
            from {{ ref('dim_short_video__dates') }} as dates
            where dates.is_complete_day
        )

)

select
    cast(date_trunc('week', counted_on) as date) as period_start,
    cast(sum(estimated_days) as double) / nullif(sum(changes), 0) as value,
    cast(sum(true_days) as double) / nullif(sum(within_60), 0) as from_true_start,
    cast(sum(within_30) as double) / nullif(sum(moves), 0) as within_30_days,
    cast(sum(within_60) as double) / nullif(sum(moves), 0) as within_60_days
from days
group by cast(date_trunc('week', counted_on) as date)
order by period_start
