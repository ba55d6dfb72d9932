select
    event_id as exposure_id,
    experiment_id,
    user_id,
    variant,
    event_at as exposed_at,
    received_at,
    cast(event_at as date) as exposure_date,
    platform,
    coalesce(country, 'unknown') as country,
    coalesce(app_version, 'unknown') as app_version
from {{ recent(ref('stg_cloud_storage__experiment_assignment'), days_before=0) }}
where is_exposure
{{ in_order_of('exposure_date') }}
