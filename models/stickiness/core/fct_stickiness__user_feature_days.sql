select
    features.user_id,
    cast(features.event_at as date) as activity_date,
    features.feature_name,
    user_days.platform,
    user_days.country,
    count(*) as uses
from {{ recent(ref('stg_stickiness__feature_used'), days_before=0) }} as features
inner join {{ recent(ref('fct_stickiness__user_days'), days_before=0) }} as user_days
    on
        features.user_id = user_days.user_id
        and cast(features.event_at as date) = user_days.activity_date
where user_days.is_active
group by
    features.user_id,
    cast(features.event_at as date),
    features.feature_name,
    user_days.platform,
    user_days.country
{{ in_order_of('activity_date') }}
