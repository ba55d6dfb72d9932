{%- set kinds = {
    'active': ('is_active', {'value': 28, 'dau': 1, 'wau': 7}),
    'watching': ('is_viewer', {'viewers': 28}),
    'feature_using': ('features_used > 0', {'feature_users': 28}),
} %}

with

user_days as (

    select * from {{ recent(ref('fct_streaming__user_days')) }}

),
{% for kind, (condition, windows) in kinds.items() %}
    {{ kind }}_days as (

        select *
        from user_days
        where {{ condition }}

    ),

    {{ kind }}_users as (

    {{ rolling_active_users(
        rows=kind ~ '_days',
        user='user_id',
        day='activity_date',
        dates=ref('dim_streaming__dates'),
        windows=windows,
        requires=[ref('fct_streaming__user_days') ~ ' where ' ~ condition],
    ) | trim | indent(4) }}

    ),
{% endfor %}
users as (

    {% for kind in kinds %}
        select * from {{ kind }}_users
        {%- if not loop.last %}
            union all
        {%- endif %}
    {% endfor %}

)

select * from users
