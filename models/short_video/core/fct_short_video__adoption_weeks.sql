{#-
    A panel around each week of adoption: who took reels up in it, and who in the same country had not by the end of
    the window, over the same calendar weeks. Only who came in each of the four weeks before is in it: of somebody
    who joins or looks in, nobody knows how much would be usual.
-#}
{%- set values = ['feed_ms', 'platform_ms', 'reels_ms', 'stories_viewed', 'image_uploads'] -%}

with

weeks_of_users as (

    select
        days.user_id,
        cast({{ dbt.date_trunc('week', 'days.activity_date') }} as date) as week_start,
        sum(days.feed_ms) as feed_ms,
        sum(days.platform_ms) as platform_ms,
        sum(days.reels_ms) as reels_ms,
        sum(days.stories_viewed) as stories_viewed,
        sum(uploads.creations) as image_uploads
    from {{ ref('fct_short_video__user_days') }} as days
    left join {{ ref('fct_short_video__user_feature_days') }} as uploads
        on
            days.user_id = uploads.user_id
            and days.activity_date = uploads.activity_date
            and uploads.feature_name = 'Image_Upload'
    where days.sessions > 0
    group by
        days.user_id,
        cast({{ dbt.date_trunc('week', 'days.activity_date') }} as date)

),

known_users as (

    select
        user_id,
        country,
        platform,
        cast({{ dbt.date_trunc('week', 'first_reels_date') }} as date) as own_week,
        first_published_date is not null as is_creator
    from {{ ref('dim_short_video__users') }}

),

cohorts as (

    select distinct
        known_users.country,
        known_users.own_week as adoption_week
    from known_users
    inner join {{ ref('dim_short_video__dates') }} as last_days
        on
            last_days.date_day = cast({{ dbt.dateadd('day', 34, 'known_users.own_week') }} as date)
            and last_days.is_complete_day

),

candidates as (

    select
        known_users.user_id,
        known_users.country,
        known_users.platform,
        known_users.is_creator,
        cohorts.adoption_week,
        case when known_users.own_week = cohorts.adoption_week then 'adopter' else 'not yet' end as variant
    from known_users
    inner join cohorts
        on known_users.country = cohorts.country
    where
        known_users.own_week is null
        or known_users.own_week = cohorts.adoption_week
        or known_users.own_week > cast({{ dbt.dateadd('day', 28, 'cohorts.adoption_week') }} as date)

),

settled as (

    select
        candidates.user_id,
        candidates.adoption_week,
        sum(before_weeks.feed_ms) / 4 as feed_ms_before
    from candidates
    inner join weeks_of_users as before_weeks
        on
            candidates.user_id = before_weeks.user_id
            and candidates.adoption_week > before_weeks.week_start
            and cast({{ dbt.dateadd('day', -28, 'candidates.adoption_week') }} as date) <= before_weeks.week_start
    group by
        candidates.user_id,
        candidates.adoption_week
    having count(*) = 4

),

event_weeks as (

    {% for week in range(-4, 5) %}
        select {{ week }} as event_week
        {{ 'union all' if not loop.last }}
    {% endfor %}

)

select
    candidates.user_id,
    candidates.country,
    candidates.platform,
    candidates.adoption_week,
    candidates.variant,
    candidates.is_creator,
    event_weeks.event_week,
    cast({{ dbt.dateadd('day', 35, 'candidates.adoption_week') }} as date) as compared_on,
    {{ columns_of_each(values, 'coalesce(cast(own_weeks.%s as ' ~ engine_type('double') ~ '), 0) as %s') }},
    case when event_weeks.event_week < 0 then 'before' when event_weeks.event_week > 0 then 'after' end as phase,
    case
        when candidates.variant = 'not yet' then null
        when event_weeks.event_week < 0 then 'before'
        when event_weeks.event_week > 0 then 'after'
    end as adopter_phase,
    -- Relative to the user's own weeks before: a season takes or gives a share, which is more minutes of heavy users.
    coalesce(cast(own_weeks.feed_ms as {{ engine_type('double') }}), 0) / nullif(settled.feed_ms_before, 0)
        as relative_feed
from candidates
inner join settled
    on
        candidates.user_id = settled.user_id
        and candidates.adoption_week = settled.adoption_week
cross join event_weeks
left join weeks_of_users as own_weeks
    on
        candidates.user_id = own_weeks.user_id
        and own_weeks.week_start
        = cast({{ dbt.dateadd('day', '7 * event_weeks.event_week', 'candidates.adoption_week') }} as date)
{{ in_order_of('compared_on') }}
