select
    user_id,
    action_date,
    platform,
    country,
    count(case when action = 'click' then 1 end) as clicks,
    count(case when action = 'impression' then 1 end) as impressions,
    count(case when action = 'open' then 1 end) as files_opened
from {{ recent(ref('fct_cloud_storage__user_actions'), days_before=0) }}
-- The lookup of a variant is the app's doing and no sign of a user.
where action <> 'variant_lookup'
group by
    user_id,
    action_date,
    platform,
    country
{{ in_order_of('action_date') }}
