{#- Four weeks, as config.meta.days_before says, too: whatever was not touched for so long is new again. -#}
{%- set discovery_days = 28 %}
{%- set is_active = "interactions.interaction_type in ("
    ~ sql_texts(['like', 'comment', 'share', 'click', 'profile_click_from_item', 'expand_item']) ~ ")" %}

with

shown as (

    select
        impressions.*,
        starts.event_at as started_at,
        starts.experiment_id,
        cast(impressions.event_at as date) as impression_date,
        coalesce(starts.variant, 'none') as variant
    from {{ recent(ref('stg_news_feed__item_impression_in_feed')) }} as impressions
    inner join {{ recent(ref('stg_news_feed__feed_session_start')) }} as starts
        on
            impressions.session_id = starts.session_id
            and impressions.user_id = starts.user_id
            and {{ happened_near('impressions.event_at', 'starts.event_at') | indent(12) }}

),

interactions as (

    select
        interactions.impression_id,
        interactions.user_id,
        interactions.event_at,
        interactions.interaction_type,
        interactions.dwell_time_ms,
        shown.source_id,
        shown.topic_id,
        shown.is_contractable,
        {{ is_active }} as is_active
    from {{ recent(ref('stg_news_feed__item_interaction_in_feed')) }} as interactions
    inner join shown
        on
            interactions.impression_id = shown.impression_id
            and interactions.user_id = shown.user_id
            and {{ happened_near('interactions.event_at', 'shown.impression_date') | indent(12) }}

),

interaction_counts as (

    select
        impression_id,
        user_id,
        count(case when interaction_type in ('like', 'comment', 'share') then 1 end) as positives,
        count(case when interaction_type in ('hide', 'report') then 1 end) as negatives,
        count(case when interaction_type = 'unfollow_source_from_item' then 1 end) as unfollows,
        count(case when is_active then 1 end) as engagements,
        count(case when interaction_type = 'profile_click_from_item' then 1 end) as profile_clicks,
        count(case when interaction_type = 'expand_item' and is_contractable then 1 end) as expands,
        max(case when interaction_type = 'dwell_time_gt_threshold' then dwell_time_ms end) as dwell_ms
    from interactions
    group by
        impression_id,
        user_id

),

seen as (

    select
        seen.impression_id,
        seen.user_id,
        max(seen.duration_on_screen_ms) as on_screen_ms
    from {{ recent(ref('stg_news_feed__item_seen_long_enough_to_evaluate')) }} as seen
    inner join shown
        on
            seen.impression_id = shown.impression_id
            and seen.user_id = shown.user_id
            and {{ happened_near('seen.event_at', 'shown.impression_date') | indent(12) }}
    group by
        seen.impression_id,
        seen.user_id

),

-- What is shown and what is done with it in one order of time; of one second, what is shown comes first.
timeline as (

    select
        user_id,
        source_id,
        topic_id,
        impression_id,
        event_at as happened_at,
        0 as turn
    from shown
    union all
    select
        user_id,
        source_id,
        topic_id,
        null as impression_id,
        event_at as happened_at,
        1 as turn
    from interactions
    where is_active

),

touched as (

    select
        user_id,
        impression_id,
        max(case when turn = 1 then happened_at end) over (
            partition by user_id, source_id order by happened_at, turn
            rows between unbounded preceding and current row
        ) as source_touched_at,
        max(case when turn = 1 then happened_at end) over (
            partition by user_id, topic_id order by happened_at, turn
            rows between unbounded preceding and current row
        ) as topic_touched_at
    from timeline

),

first_days as (

    select cast({{ dbt.dateadd('day', discovery_days, 'min(date_day)') }} as date) as known_from
    from {{ ref('dim_news_feed__dates') }}

)

select
    shown.impression_id,
    shown.user_id,
    shown.session_id,
    shown.item_id,
    shown.source_id,
    shown.topic_id,
    shown.content_type,
    shown.experiment_id,
    shown.variant,
    coalesce(shown.platform, 'unknown') as platform,
    coalesce(shown.country, 'unknown') as country,
    shown.started_at,
    shown.event_at as shown_at,
    shown.impression_date,
    shown.position_in_feed,
    {{ feed_position_band('shown.position_in_feed') | indent(4) }} as position_band,
    {{ seconds_between('shown.item_created_at', 'shown.event_at') }} / 3600 as age_hours,
    shown.is_contractable,
    shown.is_source_followed,
    shown.predicted_score,
    shown.predicted_affinity,
    shown.harm_score,
    seen.on_screen_ms is not null as is_in_view,
    seen.on_screen_ms,
    interaction_counts.dwell_ms,
    {{ columns_of_each(
        ['positives', 'negatives', 'unfollows', 'engagements', 'profile_clicks', 'expands'],
        'coalesce(interaction_counts.%s, 0) as %s',
    ) | replace('\n        ', '\n    ') }},
    -- The first weeks of a log know of no interaction before it: everything would be new.
    case
        when shown.impression_date < first_days.known_from then null
        else
            not shown.is_source_followed
            and coalesce(
                touched.source_touched_at < {{ dbt.dateadd('day', -discovery_days, 'shown.event_at') }}, true
            )
    end as is_discovery,
    case
        when shown.impression_date < first_days.known_from then null
        else coalesce(touched.topic_touched_at < {{ dbt.dateadd('day', -discovery_days, 'shown.event_at') }}, true)
    end as is_new_topic
from shown
inner join touched
    on
        shown.impression_id = touched.impression_id
        and shown.user_id = touched.user_id
left join interaction_counts
    on
        shown.impression_id = interaction_counts.impression_id
        and shown.user_id = interaction_counts.user_id
left join seen
    on
        shown.impression_id = seen.impression_id
        and shown.user_id = seen.user_id
cross join first_days
{{ in_order_of('impression_date') }}
