-- question: 2.1.2 Significant change of a user's regular location
-- goal: Moves to another city are detected soon, and journeys are not taken for them.
-- metric: user_cdl_city, users with a dominant city (value), the mean share of weight of the winning city
--         (mean_confidence), active users with a row (coverage) and with a known city (known_share) / active users
-- trap: a signal is no vote: the pictures of one holiday outvote a month at home, so that each source counts once a
--       day; and coverage is against activity, since of those with a row all have one
-- grain: day
-- reads: the facts of signals and of user-days, the dates
with

days as (

    select
        date_day,
        row_number() over (order by date_day) as day_number
    from {{ ref('dim_short_video__dates') }}

),

votes as (

    select
        signals.user_id,
        days.day_number,
        signals.city,
        signals.source,
        max(signals.weight) as weight
    from {{ ref('fct_short_video__location_signals') }} as signals
    inner join days
        on signals.signal_date = days.date_day
    group by
        signals.user_id,
        days.day_number,
        signals.city,
        signals.source

),

-- A vote weighs half after ten days, and nothing after thirty.
weights as (

    select
        votes.user_id,
        days.date_day,
        votes.city,
        sum(floor(
            votes.weight * exp(-ln(2) * (days.day_number - votes.day_number) / 10) + cast(1 as double) / 2
        )) as weight
    from votes
    inner join days
        on days.day_number between votes.day_number and votes.day_number + 29
    group by
        votes.user_id,
        days.date_day,
        votes.city

),

dominant as (

    select
        user_id,
        date_day,
        cast(max(weight) as double) / nullif(sum(weight), 0) as confidence
    from weights
    group by
        user_id,
        date_day

),

coverage as (

    select
        active.activity_date,
        count(*) as active_users,
        count(dominant.user_id) as located_users,
        count(dominant.confidence) as known_users
    from {{ ref('fct_short_video__user_days') }} as active
    left join dominant
        on
            active.user_id = dominant.user_id
            and active.activity_date = dominant.date_day
    where active.is_platform_active
    group by active.activity_date

)

select
    dominant.date_day as period_start,
    cast(count(*) as double) as value,
    sum(dominant.confidence) / nullif(count(dominant.confidence), 0) as mean_confidence,
    cast(max(coverage.located_users) as double) / nullif(max(coverage.active_users), 0) as coverage,
    cast(max(coverage.known_users) as double) / nullif(max(coverage.active_users), 0) as known_share
from dominant
left join coverage
    on dominant.date_day = coverage.activity_date
group by dominant.date_day
order by period_start
