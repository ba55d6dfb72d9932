-- question: 5.1.1 Stickiness beyond DAU/MAU
-- goal: Who stays, who leaves, who comes back and who changes habits is known.
-- metric: engagement_tiers, power and core users / users active in the last 28 days of the month (value), each tier /
--         these (power_share, core_share, casual_share), dormant and gone users / all users so far (dormant_share),
--         power and core users / all users so far (of_all_users), casual users of the month before who are core or
--         power now / those (moved_up), and power and core users of the month before who are neither / those
--         (fell_back)
-- trap: with all users so far below, it falls with everybody who ever left; shares hide who moved
-- note: 30 active events of a day that are all at one or two seconds of the minute are a script's; power begins with
--       20 active days, core with 8
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

creations as (

    select
        user_id,
        cast(event_at as date) as creation_date
    from {{ ref('stg_stickiness__content_created') }}
    group by
        user_id,
        cast(event_at as date)

),

cutoffs as (

    select
        period_start,
        cutoff,
        'now' as moment
    from months
    union all
    select
        period_start,
        period_start as cutoff,
        'before' as moment
    from months

),

user_moments as (

    select
        cutoffs.period_start,
        cutoffs.moment,
        active_days.user_id,
        count(case when active_days.active_date >= cutoffs.cutoff - interval '28' day then 1 end) as days,
        count(case when creations.creation_date >= cutoffs.cutoff - interval '28' day then 1 end) as creations
    from active_days
    inner join cutoffs on active_days.active_date < cutoffs.cutoff
    left join creations
        on
            active_days.user_id = creations.user_id
            and active_days.active_date = creations.creation_date
    group by
        cutoffs.period_start,
        cutoffs.moment,
        active_days.user_id

),

tiers as (

    select
        period_start,
        moment,
        user_id,
        case
            when days >= 20 and creations > 0 then 'power'
            when days >= 8 then 'core'
            when days > 0 then 'casual'
            else 'away'
        end as tier
    from user_moments

),

users as (

    select
        later.period_start,
        later.tier,
        earlier.tier as earlier_tier
    from tiers as later
    left join tiers as earlier
        on
            later.period_start = earlier.period_start
            and later.user_id = earlier.user_id
            and earlier.moment = 'before'
    where later.moment = 'now'

)

select
    period_start,
    cast(count(case when tier in ('power', 'core') then 1 end) as double)
    / nullif(count(case when tier <> 'away' then 1 end), 0) as value,
    cast(count(case when tier = 'power' then 1 end) as double)
    / nullif(count(case when tier <> 'away' then 1 end), 0) as power_share,
    cast(count(case when tier = 'core' then 1 end) as double)
    / nullif(count(case when tier <> 'away' then 1 end), 0) as core_share,
    cast(count(case when tier = 'casual' then 1 end) as double)
    / nullif(count(case when tier <> 'away' then 1 end), 0) as casual_share,
    cast(count(case when tier = 'away' then 1 end) as double) / count(*) as dormant_share,
    cast(count(case when tier in ('power', 'core') then 1 end) as double) / count(*) as of_all_users,
    cast(count(case when earlier_tier = 'casual' and tier in ('power', 'core') then 1 end) as double)
    / nullif(count(case when earlier_tier = 'casual' then 1 end), 0) as moved_up,
    cast(count(case when earlier_tier in ('power', 'core') and tier in ('casual', 'away') then 1 end) as double)
    / nullif(count(case when earlier_tier in ('power', 'core') then 1 end), 0) as fell_back
from users
group by period_start
order by period_start
