{%- set days = short_video_thresholds().attribution_days -%}

with

signups as (

    select
        user_id,
        cast(min(event_at) as date) as signup_date,
        min(event_at) as signed_up_at
    from {{ recent(ref('stg_short_video__user_signup_completed')) }}
    group by user_id

),

declared as (

    select
        signups.user_id,
        min_by(referrals.source, referrals.event_at) as declared_source,
        min_by(coalesce(referrals.referred_by_feature, 'none'), referrals.event_at) as feature
    from {{ recent(ref('stg_short_video__user_signup_referral')) }} as referrals
    inner join signups
        on
            referrals.user_id = signups.user_id
            and {{ happened_near('referrals.event_at', 'signups.signup_date') | indent(12) }}
    group by signups.user_id

),

touches as (

    select
        signups.user_id,
        min(views.event_at) as touched_at
    from {{ recent(ref('stg_short_video__reel_view_impression')) }} as views
    inner join signups
        on
            views.user_id = signups.user_id
            and views.event_at < signups.signed_up_at
            and cast(views.event_at as date) >= cast({{ dbt.dateadd('day', -days, 'signups.signup_date') }} as date)
    group by signups.user_id

)

select
    signups.user_id,
    signups.signed_up_at,
    signups.signup_date,
    known_users.platform,
    known_users.country,
    declared.declared_source,
    touches.touched_at,
    case
        when declared.feature like 'reels%' then 'declared reels'
        when declared.declared_source is not null then 'declared other'
        when touches.touched_at is not null then 'touched reels'
        else 'none'
    end as attribution
from signups
inner join {{ ref('dim_short_video__users') }} as known_users
    on signups.user_id = known_users.user_id
left join declared
    on signups.user_id = declared.user_id
left join touches
    on signups.user_id = touches.user_id
{{ in_order_of('signups.signup_date') }}
