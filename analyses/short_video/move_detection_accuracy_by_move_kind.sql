-- question: 2.1.2 Significant change of a user's regular location
-- goal: Moves to another city are detected soon, and journeys are not taken for them.
-- metric: move_detection_accuracy by move_kind, moves told of in the survey that are detected within 45 days / such
--         moves whose 45 days are over (recall)
-- grain: week
-- reads: the fact of validated moves and the dates
select
    move_kind,
    cast(date_trunc('week', stable_from) as date) as period_start,
    -- trap: of all moves that are told of; among those that are detected none is missed
    cast(count(case when days_to_detect <= 45 then 1 end) as double) / nullif(count(*), 0) as recall
from {{ ref('fct_short_video__validated_moves') }}
where
    stable_from <= (
        select max(dates.date_day) - interval '45' day
        from {{ ref('dim_short_video__dates') }} as dates
        where dates.is_complete_day
    )
group by move_kind, cast(date_trunc('week', stable_from) as date)
order by period_start, move_kind
