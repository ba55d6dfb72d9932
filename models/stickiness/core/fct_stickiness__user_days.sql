{%- set sums = [
    'app_opens', 'session_starts', 'active_events', 'sessions', 'sessions_as_logged', 'sessions_with_logged_id',
    'session_seconds', 'content_views', 'content_created', 'posts_created', 'social_interactions',
    'targeted_interactions', 'features_used',
] -%}
{%- set sources = {
    'app_open': {'app_opens': 'count(*)'},
    'session_start': {'session_starts': 'count(*)'},
    'user_active_event': {'active_events': 'count(*)'},
    'content_viewed': {'content_views': 'count(*)'},
    'content_created': {
        'content_created': 'count(*)',
        'posts_created': "count(case when creation_type = 'post' then 1 end)",
    },
    'social_interaction': {
        'social_interactions': 'count(*)',
        'targeted_interactions': 'count(target_user_id)',
    },
    'feature_used': {'features_used': 'count(distinct feature_name)'},
} -%}
{%- set counted = {'app_open': 'app_opens', 'session_start': 'session_starts', 'user_active_event': 'active_events'} -%}
{%- set local_date = 'cast(' ~ dbt.dateadd('minute', 'coalesce(utc_offset_minutes, 0)', 'event_at') ~ ' as date)' -%}
{%- set first_day = rebuilt_from() %}

with

daily_counts as (

    {% for signal, counts in sources.items() %}
        select
            user_id,
            cast(event_at as date) as activity_date,
            {%- for name in sums %}
                {{ counts.get(name, 0) }} as {{ name }},
            {%- endfor %}
            {{ 'min(' ~ local_date ~ ')' if signal == 'user_active_event' else 'cast(null as date)' }}
                as first_local_date,
            {{ 'max(' ~ local_date ~ ')' if signal == 'user_active_event' else 'cast(null as date)' }}
                as last_local_date
        from {{ recent(ref('stg_stickiness__' ~ signal), days_before=0) }}
        group by
            user_id,
            cast(event_at as date)
        union all
    {% endfor %}
    select
        user_id,
        session_date as activity_date,
        {%- for name in sums %}
        {{ {
            'sessions': 'count(*)',
            'sessions_as_logged': 'count(case when is_as_logged then 1 end)',
            'sessions_with_logged_id': 'count(is_as_logged)',
            'session_seconds': 'sum(session_seconds)',
        }.get(name, 0) }} as {{ name }},
        {%- endfor %}
        cast(null as date) as first_local_date,
        cast(null as date) as last_local_date
    from {{ recent(ref('fct_stickiness__sessions'), days_before=0) }}
    group by
        user_id,
        session_date

),

-- What is counted of one signal is 0 in the rows of all others, and the largest of numbers is found faster than a sum.
united as (

    select
        user_id,
        activity_date,
        {%- for name in sums %}
            max({{ name }}) as {{ name }},
        {%- endfor %}
        min(first_local_date) as first_local_date,
        max(last_local_date) as last_local_date
    from daily_counts
    group by
        user_id,
        activity_date

),

judged as (

    select
        united.*,
        automated.user_id is not null as is_automated,
        united.{{ counted[active_event()] }} > 0 and automated.user_id is null as is_active
    from united
    left join {{ recent(ref('fct_stickiness__automated_days'), days_before=0) }} as automated
        on
            united.user_id = automated.user_id
            and united.activity_date = automated.activity_date

),

active_days as (

    select
        user_id,
        activity_date,
        is_active
    from judged
    {%- if first_day is not none %}
    union all
    -- What a daily build does not make anew: the days on which the same users were last active.
    select
        user_id,
        activity_date,
        is_active
    from {{ this }}
    where
        activity_date < cast('{{ first_day }}' as date)
        and activity_date >= cast('{{ days_after(first_day, -84) }}' as date)
    {%- endif %}

),

previous_days as (

    select
        user_id,
        activity_date,
        max(case when is_active then activity_date end) over (
            partition by user_id
            order by activity_date
            rows between unbounded preceding and 1 preceding
        ) as last_active_date
    from active_days

),

user_days as (

    select
        judged.user_id,
        judged.activity_date,
        known_users.platform,
        known_users.country,
        judged.is_active,
        judged.is_automated,
        {%- for name in sums %}
            cast(judged.{{ name }} as {{ engine_type('double' if name == 'session_seconds' else 'integer') }})
                as {{ name }},
        {%- endfor %}
        coalesce(judged.first_local_date, judged.activity_date) as first_local_date,
        coalesce(judged.last_local_date, judged.activity_date) as last_local_date,
        case
            when judged.activity_date >= known_users.first_active_date
                then {{ days_between('known_users.first_active_date', 'judged.activity_date') }}
        end as days_since_signup,
        -- Not further back than a daily build looks: who was away for longer is one of those who had gone.
        case
            when {{ days_between('previous_days.last_active_date', 'judged.activity_date') }} <= 84
                then {{ days_between('previous_days.last_active_date', 'judged.activity_date') }}
        end as days_since_last_active
    from judged
    inner join previous_days
        on
            judged.user_id = previous_days.user_id
            and judged.activity_date = previous_days.activity_date
    inner join {{ ref('dim_stickiness__users') }} as known_users
        on judged.user_id = known_users.user_id

)

select * from user_days
{{ in_order_of('activity_date') }}
