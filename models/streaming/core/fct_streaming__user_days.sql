{%- set integer = engine_type('integer') -%}
{%- set double = engine_type('double') -%}
{%- set counts = [
    'logins', 'sessions', 'features_used', 'titles_rated', 'titles_liked', 'playbacks', 'views', 'logged_watch_ms',
] -%}
{%- set sources = [
    ('stg_streaming__user_login_success', 'cast(event_at as date)', {'logins': 'count(*)'}),
    ('stg_streaming__feature_used', 'cast(event_at as date)', {'features_used': 'count(distinct feature_name)'}),
    ('stg_streaming__content_rating', 'cast(event_at as date)', {
        'titles_rated': 'count(distinct title_id)',
        'titles_liked': "count(distinct case when rating = 'thumbs_up' then title_id end)",
    }),
    ('fct_streaming__sessions', 'session_date', {
        'sessions': 'count(*)',
        'logged_watch_ms': 'coalesce(sum(logged_watch_ms), 0)',
    }),
    ('fct_streaming__playbacks', 'playback_date', {
        'playbacks': 'count(*)',
        'views': 'count(case when is_view then 1 end)',
        'watched_ms': 'sum(watched_ms - watched_ms_after_midnight)',
    }),
] %}

with

daily_counts as (

    {% for model, day, aggregates in sources %}
        select
            user_id,
            {{ day }} as activity_date,
            {%- for name in counts %}
                {{ aggregates.get(name, 0) }} as {{ name }},
            {%- endfor %}
            {{ aggregates.get('watched_ms', 'cast(0 as ' ~ double ~ ')') }} as watched_ms
        from {{ recent(ref(model)) }}
        group by
            user_id,
            {{ day }}
        union all
    {% endfor %}
    -- A film that runs over midnight was watched on two days.
    select
        user_id,
        cast(ended_at as date) as activity_date,
        {%- for name in counts %}
            0 as {{ name }},
        {%- endfor %}
        sum(watched_ms_after_midnight) as watched_ms
    from {{ recent(ref('fct_streaming__playbacks')) }}
    where watched_ms_after_midnight > 0
    group by
        user_id,
        cast(ended_at as date)

)

select
    daily_counts.user_id,
    daily_counts.activity_date,
    known_users.platform,
    known_users.country,
    sum(daily_counts.logins) + sum(daily_counts.sessions) > 0 as is_active,
    sum(daily_counts.views) > 0 as is_viewer,
    {%- for name in counts %}
        cast(sum(daily_counts.{{ name }}) as {{ integer }}) as {{ name }},
    {%- endfor %}
    sum(daily_counts.watched_ms) / 3600000e0 as watched_hours
from daily_counts
inner join {{ ref('dim_streaming__users') }} as known_users
    on daily_counts.user_id = known_users.user_id
group by
    daily_counts.user_id,
    daily_counts.activity_date,
    known_users.platform,
    known_users.country
{{ in_order_of('activity_date') }}
