-- question: 2.1.2 Significant change of a user's regular location
-- goal: Moves to another city are detected soon, and journeys are not taken for them.
-- metric: move_detection_accuracy, changes that the profile follows within 60 days / changes (value), the same of those
--         that it had not confirmed (not_by_profile), changes that the survey agrees with / changes of users who are
--         asked (precision); moves told of that are detected within 45 days / such moves (recall)
-- trap: who never tells the profile has moved all the same, so value is no precision; and what is detected says nothing
--       of what is missed
-- grain: week
-- reads: the facts of changes and of declared cities, the dates
with

last_days as (

    select
        max(date_day) - interval '60' day as last_judged,
        max(date_day) - interval '45' day as last_validated
    from {{ ref('dim_short_video__dates') }}
    where is_complete_day

),

changes as (

    select
        changes.user_id,
        changes.detected_on,
        changes.is_by_profile,
        max(case when told.declared_via = 'profile' and told.new_city = changes.new_city then 1 else 0 end) as follows,
        max(case when told.declared_via = 'survey' then 1 else 0 end) as asked,
        min(case when told.declared_via = 'survey' and told.new_city <> changes.new_city then 0 else 1 end) as agrees
    from {{ ref('fct_short_video__location_changes') }} as changes
    inner join last_days
        on changes.detected_on <= last_days.last_judged
    left join {{ ref('fct_short_video__declared_cities') }} as told
        on
            changes.user_id = told.user_id
            and changes.detected_on < told.declared_on
            and changes.detected_on >= told.declared_on - interval '60' day
    group by
        changes.user_id,
        changes.detected_on,
        changes.is_by_profile

),

moves as (

    select
        answers.event_id,
        answers.lives_there_since,
        count(changes.user_id) as detected
    from {{ ref('fct_short_video__declared_cities') }} as answers
    inner join last_days
        on answers.lives_there_since <= last_days.last_validated
    left join {{ ref('fct_short_video__location_changes') }} as changes
        on
            answers.user_id = changes.user_id
            and answers.new_city = changes.new_city
            and changes.detected_on between answers.lives_there_since - interval '45' day
            and answers.lives_there_since + interval '45' day
    where answers.declared_via = 'survey'
    group by
        answers.event_id,
        answers.lives_there_since

),

weeks as (

    select
        detected_on as counted_on,
        1 as changes,
        follows,
        case when is_by_profile then 0 else 1 end as others,
        case when is_by_profile then 0 else follows end as others_follow,
        asked,
        asked * agrees as agrees,
        0 as moves,
        0 as detected
    from changes
    union all
    select
        lives_there_since as counted_on,
        0 as changes,
        0 as follows,
        0 as others,
        0 as others_follow,
        0 as asked,
        0 as agrees,
        1 as moves,
        case when detected > 0 then 1 else 0 end as detected
    from moves

)

select
    cast(date_trunc('week', counted_on) as date) as period_start,
    cast(sum(follows) as double) / nullif(sum(changes), 0) as value,
    cast(sum(others_follow) as double) / nullif(sum(others), 0) as not_by_profile,
    cast(sum(agrees) as double) / nullif(sum(asked), 0) as precision,
    cast(sum(detected) as double) / nullif(sum(moves), 0) as recall
from weeks
group by cast(date_trunc('week', counted_on) as date)
order by period_start
