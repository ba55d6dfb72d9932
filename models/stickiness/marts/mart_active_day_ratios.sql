{%- set shares = {
    'three_day_share': 3,
    'seven_day_share': 7,
    'fourteen_day_share': 14,
    'twenty_one_day_share': 21,
} -%}
{%- set statistics = {
    'mean_dau_over_mau': {
        'numerator': 'sum(active_days)',
        'denominator': '28 * count(*)',
    },
} -%}
{%- for name, days in shares.items() -%}
    {%- do statistics.update({name: {
        'numerator': 'count(case when active_days >= ' ~ days ~ ' then 1 end)',
        'denominator': 'count(*)',
    }}) -%}
{%- endfor -%}
{%- set definitions = {
    'dau_by_app_open': 'app_opens > 0 and not is_automated',
    'dau_by_session_start': 'session_starts > 0 and not is_automated',
    'automated_users': 'is_automated',
} -%}

with

user_days as (

    select * from {{ recent(ref('fct_stickiness__user_days')) }}

),

active_days as (

    select *
    from user_days
    where is_active

),

rolling_users as (

    {{ rolling_active_users(
        rows='active_days',
        user='user_id',
        day='activity_date',
        dates=ref('dim_stickiness__dates'),
        windows={'dau': 1, 'wau': 7, 'mau': 28},
        requires=[ref('fct_stickiness__user_days') ~ ' where is_active'],
    ) | trim | indent(4) }}

),

wau_over_mau as (

    {{ rolling_users_over_month('rolling_users', 'wau', 'value') | trim | indent(4) }}

),

-- One row per day and user who is active in the 28 days that end with it.
user_windows as (

    {{ trailing_active_days(
        'active_days', ['user_id', 'platform', 'country'], 'activity_date', ref('dim_stickiness__dates'), 28,
    ) | trim | indent(4) }}

),

frequent_users as (

    {{ metric_by_period(
        rows='user_windows',
        day='seen_from',
        dates=ref('dim_stickiness__dates'),
        statistics=statistics,
        requires=[ref('fct_stickiness__user_days') ~ ' where is_active'],
        grains=['day'],
    ) | trim | indent(4) }}

),
{% for name, condition in definitions.items() %}
    {{ name }}_days as (

        select *
        from user_days
        where {{ condition }}

    ),

    {{ name }}_users as (

    {{ rolling_active_users(
        rows=name ~ '_days',
        user='user_id',
        day='activity_date',
        dates=ref('dim_stickiness__dates'),
        windows={name: 1},
        requires=[ref('fct_stickiness__user_days') ~ ' where ' ~ condition],
    ) | trim | indent(4) }}

    ),
{% endfor %}
users_by_other_events as (

    {% for name in definitions %}
        select * from {{ name }}_users
        {%- if not loop.last %}
            union all
        {%- endif %}
    {% endfor %}

)

select * from wau_over_mau
union all
select * from rolling_users
union all
select * from users_by_other_events
union all
select * from frequent_users
