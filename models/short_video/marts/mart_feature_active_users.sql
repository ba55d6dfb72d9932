with

feature_days as (

    select *
    from {{ recent(ref('fct_short_video__user_feature_days')) }}
    where is_used

),

-- Audiences of features overlap, so what is stacked has to be parts that do not: each user of a day is in one.
audiences as (

    select
        user_id,
        activity_date,
        case
            when count(case when feature_name = 'Reels' then 1 end) = 0 then 'others only'
            when count(*) = 1 then 'reels only'
            else 'both'
        end as audience
    from feature_days
    group by
        user_id,
        activity_date

),

used_days as (

    select
        feature_days.*,
        audiences.audience
    from feature_days
    inner join audiences
        on
            feature_days.user_id = audiences.user_id
            and feature_days.activity_date = audiences.activity_date

),

rolling_users as (

    {{ rolling_active_users(
        rows='used_days',
        user='user_id',
        day='activity_date',
        dates=ref('dim_short_video__dates'),
        windows={'value': 1, 'wau': 7, 'mau': 28},
        requires=[ref('fct_short_video__user_feature_days') ~ ' where is_used'],
    ) | trim | indent(4) }}

),

dau_over_mau as (

    {{ rolling_users_over_month('rolling_users', 'value', 'dau_over_mau') | trim | indent(4) }}

)

select * from rolling_users
union all
select * from dau_over_mau
