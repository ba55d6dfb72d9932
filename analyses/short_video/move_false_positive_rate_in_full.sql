-- question: 2.1.2 Significant change of a user's regular location
-- goal: Moves to another city are detected soon, and journeys are not taken for them.
-- metric: move_false_positive_rate, of changes whose 60 days are over those that are false (value) and taken back
--         (returned), of users who are asked those that the survey contradicts (contradicted); of all changes those
--         that are false so far (of_all_detected); of candidates whose 60 days are over those that nothing confirms
--         (of_candidates)
-- trap: what was detected yesterday cannot have been taken back; and candidates are no moves
-- grain: week
-- reads: the facts of changes, candidates and declared cities, the dimensions of stays, homes and dates
with

last_days as (

    select max(date_day) - interval '60' day as last_judged
    from {{ ref('dim_short_video__dates') }}
    where is_complete_day

),

returns as (

    select
        changes.user_id,
        changes.detected_on,
        count(stays.user_id) as returns
    from {{ ref('fct_short_video__location_changes') }} as changes
    left join {{ ref('fct_short_video__stays') }} as stays
        on
            changes.user_id = stays.user_id
            and changes.old_city = stays.city
            and changes.detected_on < stays.held_from
            and stays.held_from <= changes.detected_on + interval '60' day
    group by
        changes.user_id,
        changes.detected_on

),

answers as (

    select
        changes.user_id,
        changes.detected_on,
        max(case when told.new_city <> changes.new_city then 1 else 0 end) as contradicts
    from {{ ref('fct_short_video__location_changes') }} as changes
    inner join {{ ref('fct_short_video__declared_cities') }} as told
        on
            changes.user_id = told.user_id
            and told.declared_via = 'survey'
            and changes.detected_on < told.declared_on
            and told.declared_on <= changes.detected_on + interval '60' day
    group by
        changes.user_id,
        changes.detected_on

),

things as (

    select
        returns.detected_on as counted_on,
        1 as changes,
        case when returns.detected_on <= last_days.last_judged then 1 else 0 end as judged,
        case when returns.returns > 0 then 1 else 0 end as returned,
        case when answers.user_id is not null then 1 else 0 end as asked,
        coalesce(answers.contradicts, 0) as contradicted,
        0 as candidates,
        0 as unconfirmed
    from returns
    cross join last_days
    left join answers
        on
            returns.user_id = answers.user_id
            and returns.detected_on = answers.detected_on
    union all
    select
        moves.flagged_on as counted_on,
        0 as changes,
        0 as judged,
        0 as returned,
        0 as asked,
        0 as contradicted,
        1 as candidates,
        case when homes.user_id is null then 1 else 0 end as unconfirmed
    from {{ ref('fct_short_video__potential_moves') }} as moves
    inner join last_days
        on moves.flagged_on <= last_days.last_judged
    left join {{ ref('fct_short_video__homes') }} as homes
        on
            moves.user_id = homes.user_id
            and moves.flagged_on = homes.held_from

)

select
    cast(date_trunc('week', counted_on) as date) as period_start,
    cast(sum(case when returned + contradicted > 0 then judged else 0 end) as double) / nullif(sum(judged), 0) as value,
    cast(sum(returned * judged) as double) / nullif(sum(judged), 0) as returned,
    cast(sum(contradicted * judged) as double) / nullif(sum(asked * judged), 0) as contradicted,
    cast(count(case when returned + contradicted > 0 then 1 end) as double) / nullif(sum(changes), 0)
        as of_all_detected,
    cast(sum(unconfirmed) as double) / nullif(sum(candidates), 0) as of_candidates
from things
group by cast(date_trunc('week', counted_on) as date)
order by period_start
