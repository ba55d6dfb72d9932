with

exposures as (

    select
        user_id as unit_id,
        variant,
        exposed_at,
        platform,
        country,
        app_version
    from {{ recent(ref('fct_cloud_storage__experiment_exposures')) }}
    where experiment_id = {{ sql_text(quick_access_experiment().id) }}
    {{ union_known_firsts('exposed_at', {
        'unit_id': 'user_id',
        'variant': 'variant',
        'exposed_at': 'exposed_at',
        'platform': 'exposed_platform',
        'country': 'exposed_country',
        'app_version': 'exposed_app_version',
    }) | indent(4) }}

),

first_exposures as (

    {{ first_exposures('exposures', segments=['platform', 'country', 'app_version']) | trim | indent(4) }}

),

exposures_to_another_variant as (

    select
        exposures.unit_id,
        exposures.exposed_at
    from exposures
    inner join first_exposures
        on exposures.unit_id = first_exposures.unit_id
    where exposures.variant <> first_exposures.variant
    {{ union_known_firsts('other_variant_at', {
        'unit_id': 'user_id',
        'exposed_at': 'other_variant_at',
    }) | indent(4) }}

),

other_variants as (

    select
        unit_id,
        min(exposed_at) as other_variant_at
    from exposures_to_another_variant
    group by unit_id

),

actions as (

    select
        user_id,
        action,
        acted_at,
        platform,
        country
    from {{ recent(ref('fct_cloud_storage__user_actions')) }}
    {%- for action, first_at in [
        ('seen', 'first_seen_at'), ('impression', 'first_impression_at'), ('click', 'first_click_in_log_at'),
    ] %}
    {{ union_known_firsts(first_at, {
        'user_id': 'user_id',
        'action': sql_text(action),
        'acted_at': first_at,
        'platform': 'first_impression_platform',
        'country': 'first_impression_country',
    }) | indent(4) }}
    {%- endfor %}

),

active_users as (

    select
        user_id,
        min(acted_at) as first_seen_at,
        min(case when action = 'click' then acted_at end) as first_click_in_log_at,
        min(case when action = 'impression' then acted_at end) as first_impression_at,
        min_by(platform, case when action = 'impression' then acted_at end) as first_impression_platform,
        min_by(country, case when action = 'impression' then acted_at end) as first_impression_country
    from actions
    group by user_id

),

clicks_called_first as (

    select
        user_id,
        event_at
    from {{ recent(ref('stg_cloud_storage__user_first_quick_access_click')) }}
    {{ union_known_firsts('first_click_at', {
        'user_id': 'user_id',
        'event_at': 'first_click_at',
    }) | indent(4) }}

),

first_clicks as (

    select
        user_id,
        min(event_at) as first_click_at
    from clicks_called_first
    group by user_id

)

select
    active_users.user_id,
    active_users.first_seen_at,
    -- That of the first exposure, whatever came later: what a row says of a day must not change afterwards.
    first_exposures.variant,
    first_exposures.exposed_at,
    first_exposures.platform as exposed_platform,
    first_exposures.country as exposed_country,
    first_exposures.app_version as exposed_app_version,
    other_variants.other_variant_at,
    active_users.first_impression_at,
    active_users.first_impression_platform,
    active_users.first_impression_country,
    active_users.first_click_in_log_at,
    first_clicks.first_click_at,
    cast(active_users.first_impression_at as date) as first_impression_date,
    -- Clicks of which none is called the first, or a first one before any list, began before the log.
    coalesce(
        first_clicks.first_click_at < active_users.first_impression_at, active_users.first_click_in_log_at is not null
    ) as has_clicked_before_log
from active_users
left join first_exposures
    on active_users.user_id = first_exposures.unit_id
left join other_variants
    on active_users.user_id = other_variants.unit_id
left join first_clicks
    on active_users.user_id = first_clicks.user_id
