{%- set statistics = {
    'value': {
        'numerator': 'count(distinct user_feature)',
        'denominator': 'count(distinct user_id)',
    },
    'core_features': {
        'numerator': 'count(distinct case when is_core_feature then user_feature end)',
        'denominator': 'count(distinct user_id)',
    },
    'per_feature_user': {
        'numerator': 'count(distinct user_feature)',
        'denominator': 'count(distinct case when user_feature is not null then user_id end)',
    },
} %}

with

-- Whoever uses no feature counts with none.
active_days as (

    select
        user_days.user_id,
        user_days.activity_date,
        user_days.platform,
        user_days.country,
        features.user_id || ' ' || features.feature_name as user_feature,
        features.feature_name in ({{ sql_texts(core_features()) }})
            as is_core_feature
    from {{ recent(ref('fct_stickiness__user_days')) }} as user_days
    left join {{ recent(ref('fct_stickiness__user_feature_days')) }} as features
        on
            user_days.user_id = features.user_id
            and user_days.activity_date = features.activity_date
    where user_days.is_active

),

-- Of a month, the last 28 days.
last_days_of_months as (

    select active_days.*
    from active_days
    inner join {{ ref('dim_stickiness__dates') }} as dates
        on active_days.activity_date = dates.date_day
    where active_days.activity_date >= {{ dbt.dateadd('day', -28, dbt.dateadd('month', 1, 'dates.month_start')) }}

),

weeks as (

    {{ metric_by_period(
        rows='active_days',
        day='activity_date',
        dates=ref('dim_stickiness__dates'),
        statistics=statistics,
        requires=[ref('fct_stickiness__user_feature_days')],
        grains=['week'],
    ) | trim | indent(4) }}

),

months as (

    {{ metric_by_period(
        rows='last_days_of_months',
        day='activity_date',
        dates=ref('dim_stickiness__dates'),
        statistics=statistics,
        requires=[ref('fct_stickiness__user_feature_days')],
        grains=['month'],
    ) | trim | indent(4) }}

)

select * from weeks
union all
select * from months
