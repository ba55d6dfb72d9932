-- question: 5.1.1 Stickiness beyond DAU/MAU
-- goal: What users do when they come, and how much of it, is known.
-- metric: features_used_per_user, distinct features of each user in the last 28 days of the month, added up / users
--         active in them (value), of these the features from the beginning (core_features), and features / users of
--         any (per_feature_user)
-- trap: who uses no feature counts with none; a new feature raises the number by itself; weeks do not add up to a
--       month
-- note: 30 active events of a day that are all at one or two seconds of the minute are a script's
-- grain: month
with

active_days as (

    select
        user_id,
        cast(event_at as date) as active_date
    from {{ ref('stg_stickiness__user_active_event') }}
    group by
        user_id,
        cast(event_at as date)
    having
        count(*) < 30
        or count(distinct extract(epoch from event_at - date_trunc('minute', event_at))) > 2

),

log_days as (

    select
        cast(min(event_at) as date) as first_day,
        cast(max(received_at) as date) as open_day
    from {{ ref('stg_stickiness__user_active_event') }}

),

months as (

    select distinct
        cast(date_trunc('month', active_days.active_date) as date) as period_start,
        cast(date_trunc('month', active_days.active_date) + interval '1' month as date) as cutoff
    from active_days
    inner join log_days
        on
            cast(date_trunc('month', active_days.active_date) as date) >= log_days.first_day
            and cast(date_trunc('month', active_days.active_date) + interval '1' month as date) <= log_days.open_day

),

used as (

    select distinct
        user_id,
        feature_name,
        cast(event_at as date) as use_date
    from {{ ref('stg_stickiness__feature_used') }}

),

users as (

    select
        months.period_start,
        active_days.user_id,
        count(distinct used.feature_name) as features,
        count(distinct case
            when used.feature_name in ('feed', 'search', 'messages', 'groups', 'events', 'live') then used.feature_name
        end) as core_features
    from active_days
    inner join months
        on
            active_days.active_date < months.cutoff
            and active_days.active_date >= months.cutoff - interval '28' day
    left join used
        on
            active_days.user_id = used.user_id
            and active_days.active_date = used.use_date
    group by
        months.period_start,
        active_days.user_id

)

select
    period_start,
    cast(sum(features) as double) / count(*) as value,
    cast(sum(core_features) as double) / count(*) as core_features,
    cast(sum(features) as double) / nullif(count(case when features > 0 then 1 end), 0) as per_feature_user
from users
group by period_start
order by period_start
