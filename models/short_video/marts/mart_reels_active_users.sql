{%- set populations = {'reels': 'is_reels_active', 'platform': 'is_platform_active or is_reels_active'} -%}

with

{% for name, condition in populations.items() %}
    {{ name }}_days as (

        select *
        from {{ recent(ref('fct_short_video__user_days')) }}
        where {{ condition }}

    ),

    {{ name }}_users as (

        {{ rolling_active_users(
            rows=name ~ '_days',
            user='user_id',
            day='activity_date',
            dates=ref('dim_short_video__dates'),
            windows={'value': 1, 'wau': 7, 'mau': 28} if name == 'reels' else {'platform_mau': 28},
            requires=[ref('fct_short_video__user_days') ~ ' where is_reels_active'],
        ) | trim | indent(8) }}

    ),
{% endfor %}
dau_over_mau as (

    {{ rolling_users_over_month('reels_users', 'value', 'dau_over_mau') | trim | indent(4) }}

),

-- Before anybody uses reels, none of the users are of reels.
share_of_mau as (

    select
        platform_users.period_grain,
        platform_users.period_start,
        platform_users.dimension,
        platform_users.member,
        'share_of_mau' as statistic,
        case when platform_users.value is not null then coalesce(reels_users.value, 0) end as numerator,
        platform_users.value as denominator,
        case when platform_users.value is not null then coalesce(reels_users.value, 0) end
        / nullif(platform_users.value, 0) as value,
        platform_users.is_complete
    from platform_users
    left join reels_users
        on
            platform_users.period_start = reels_users.period_start
            and platform_users.dimension = reels_users.dimension
            and platform_users.member = reels_users.member
            and reels_users.statistic = 'mau'

)

select * from reels_users
union all
select * from platform_users
union all
select * from dau_over_mau
union all
select * from share_of_mau
