with

{{ quick_access_exposures() | trim }},

first_exposures as (

    {{ first_exposures('exposures', segments=['platform', 'country', 'app_version']) | trim | indent(4) }}

),

active_users as (

    select
        user_id,
        min(acted_at) as first_seen_at,
        count(case when action = 'click' then 1 end) as clicks,
        min(case when action = 'impression' then acted_at end) as first_impression_at,
        min_by(platform, case when action = 'impression' then acted_at end) as first_impression_platform,
        min_by(country, case when action = 'impression' then acted_at end) as first_impression_country
    from {{ ref('fct_cloud_storage__user_actions') }}
    group by user_id

),

first_clicks as (

    select
        user_id,
        min(event_at) as first_click_at
    from {{ ref('stg_cloud_storage__user_first_quick_access_click') }}
    group by user_id

)

select
    active_users.user_id,
    active_users.first_seen_at,
    first_exposures.exposed_at,
    first_exposures.platform as exposed_platform,
    first_exposures.country as exposed_country,
    first_exposures.app_version as exposed_app_version,
    active_users.first_impression_at,
    active_users.first_impression_platform,
    active_users.first_impression_country,
    first_clicks.first_click_at,
    cast(active_users.first_impression_at as date) as first_impression_date,
    -- Who was seen in two variants belongs to neither.
    case when not first_exposures.in_several_variants then first_exposures.variant end as variant,
    coalesce(first_exposures.in_several_variants, false) as in_several_variants,
    -- Clicks of which none is called the first, or a first one before any list, began before the log.
    coalesce(
        first_clicks.first_click_at < active_users.first_impression_at, active_users.clicks > 0
    ) as has_clicked_before_log
from active_users
left join first_exposures
    on active_users.user_id = first_exposures.unit_id
left join first_clicks
    on active_users.user_id = first_clicks.user_id
