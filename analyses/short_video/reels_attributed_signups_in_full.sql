-- question: 2.1.1 Reels platform health and engagement
-- goal: Reels keep users, and bring new ones.
-- metric: reels_attributed_signups, signups that name a link to a reel (declared_reels), that name none and follow a
--         reel within 7 days (touched_reels), both (value), that name something else (declared_other) and that do
--         neither (without_source) / signups
-- trap: a signup has one source, the declared one first, or rules add up to more than all signups
-- grain: week
with

signups as (

    select
        user_id,
        min(event_at) as signed_up_at
    from {{ ref('stg_short_video__user_signup_completed') }}
    group by user_id

),

sources as (

    select
        signups.user_id,
        cast(date_trunc('week', signups.signed_up_at) as date) as period_start,
        max(case when referrals.referred_by_feature like 'reels%' then 1 else 0 end) as names_reels,
        max(case when referrals.source is not null then 1 else 0 end) as names_anything,
        max(case when views.user_id is not null then 1 else 0 end) as saw_reels
    from signups
    left join {{ ref('stg_short_video__user_signup_referral') }} as referrals
        on signups.user_id = referrals.user_id
    left join {{ ref('stg_short_video__reel_view_impression') }} as views
        on
            signups.user_id = views.user_id
            and signups.signed_up_at > views.event_at
            and cast(signups.signed_up_at as date) - interval '7' day <= cast(views.event_at as date)
    group by
        signups.user_id,
        signups.signed_up_at

)

select
    period_start,
    cast(count(case when names_reels = 1 or (names_anything = 0 and saw_reels = 1) then 1 end) as double)
    / nullif(count(*), 0) as value,
    cast(sum(names_reels) as double) / nullif(count(*), 0) as declared_reels,
    cast(count(case when names_anything = 0 and saw_reels = 1 then 1 end) as double)
    / nullif(count(*), 0) as touched_reels,
    cast(sum(names_anything - names_reels) as double) / nullif(count(*), 0) as declared_other,
    cast(count(case when names_anything = 0 and saw_reels = 0 then 1 end) as double)
    / nullif(count(*), 0) as without_source
from sources
group by period_start
order by period_start
