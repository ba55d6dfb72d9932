with

active_days as (

    select * from {{ recent(ref('fct_cloud_storage__user_days')) }}

),

days_with_clicks as (

    select *
    from active_days
    where clicks > 0

),

rolling_users as (

    {{ rolling_active_users(
        rows='days_with_clicks',
        user='user_id',
        day='action_date',
        dates=ref('dim_cloud_storage__dates'),
        windows={'dau': 1, 'wau': 7, 'mau': 28},
        requires=[ref('fct_cloud_storage__clicks')],
    ) | trim | indent(4) }}

),

stickiness as (

    {{ rolling_users_over_month('rolling_users', 'dau', 'dau_over_mau') | trim | indent(4) }}

),

shares as (

    {{ metric_by_period(
        rows='active_days',
        day='action_date',
        dates=ref('dim_cloud_storage__dates'),
        statistics={
            'share_of_active_users': {
                'numerator': 'count(distinct case when clicks > 0 then user_id end)',
                'denominator': 'count(distinct user_id)',
            },
        },
        requires=[ref('fct_cloud_storage__clicks')],
    ) | trim | indent(4) }}

)

select * from rolling_users
union all
select * from stickiness
union all
select * from shares
