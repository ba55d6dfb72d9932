{#- Of a feature that a user leaves out on a day there is a row, too: a mean per user needs its zeros. -#}
with

days_of_users as (

    select
        user_id,
        session_date as activity_date,
        min(platform) as platform,
        min(country) as country,
        min(reels_group) as reels_group,
        min(launch_phase) as launch_phase
    from {{ recent(ref('fct_short_video__sessions'), days_before=0) }}
    group by
        user_id,
        session_date

),

features as (

    {% for feature in short_video_list('short_video_features') -%}
        select {{ sql_text(feature) }} as feature_name
        {{ 'union all' if not loop.last }}
    {% endfor %}

),

feature_days as (

    select
        user_id,
        session_date as activity_date,
        feature_name,
        count(*) as sessions,
        sum(spent_ms) as spent_ms,
        sum(views) as views,
        sum(engagements) as engagements,
        sum(creations) as creations
    from {{ recent(ref('fct_short_video__session_features'), days_before=0) }}
    group by
        user_id,
        session_date,
        feature_name

)

select
    days_of_users.user_id,
    days_of_users.activity_date,
    days_of_users.platform,
    days_of_users.country,
    days_of_users.reels_group,
    days_of_users.launch_phase,
    features.feature_name,
    features.feature_name || ' / ' || days_of_users.reels_group as feature_and_group,
    features.feature_name || ' / ' || days_of_users.launch_phase as feature_and_phase,
    feature_days.sessions is not null as is_used,
    coalesce(feature_days.spent_ms, 0) as spent_ms,
    coalesce(cast(feature_days.views as bigint), 0) as views,
    coalesce(cast(feature_days.engagements as bigint), 0) as engagements,
    coalesce(cast(feature_days.creations as bigint), 0) as creations
from days_of_users
cross join features
left join feature_days
    on
        days_of_users.user_id = feature_days.user_id
        and days_of_users.activity_date = feature_days.activity_date
        and features.feature_name = feature_days.feature_name
{{ in_order_of('days_of_users.activity_date') }}
