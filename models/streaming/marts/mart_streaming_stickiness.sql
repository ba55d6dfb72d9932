with

active_days as (

    select *
    from {{ recent(ref('fct_streaming__user_days')) }}
    where is_active

),

rolling_users as (

    {{ rolling_active_users(
        rows='active_days',
        user='user_id',
        day='activity_date',
        dates=ref('dim_streaming__dates'),
        windows={'dau': 1, 'mau': 28},
        quotient='value',
        requires=[ref('fct_streaming__user_days') ~ ' where is_active'],
    ) | trim | indent(4) }}

),

dau_over_mau as (

    {{ rolling_users_over_month('rolling_users', 'dau', 'value') | trim | indent(4) }}

),

-- One row per day and user who is active in the 28 days that end with it.
user_windows as (

    {{ trailing_active_days(
        'active_days', ['user_id', 'platform', 'country'], 'activity_date', ref('dim_streaming__dates'), 28,
    ) | trim | indent(4) }}

),

mean_over_window as (

    {{ metric_by_period(
        rows='user_windows',
        day='seen_from',
        dates=ref('dim_streaming__dates'),
        statistics={
            'mean_dau_over_mau': {
                'numerator': 'sum(active_days)',
                'denominator': '28 * count(*)',
            },
        },
        requires=[ref('fct_streaming__user_days') ~ ' where is_active'],
        grains=['day'],
    ) | trim | indent(4) }}

)

select * from dau_over_mau
union all
select * from mean_over_window
