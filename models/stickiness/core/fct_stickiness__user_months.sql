{%- set integer = engine_type('integer') %}

with

-- A month is judged when it is over, by its last 28 days: four of each weekday, whatever its length.
cutoffs as (

    select distinct
        month_start,
        cast({{ dbt.dateadd('month', 1, 'month_start') }} as date) as cutoff_date
    from {{ ref('dim_stickiness__dates') }}
    where is_complete_month
    {{ only_rebuilt('and', dbt.dateadd('month', 1, 'month_start') | trim) }}

),

active_days as (

    select
        cutoffs.month_start,
        cutoffs.cutoff_date,
        user_days.*,
        {{ days_between('user_days.activity_date', 'cutoffs.cutoff_date') }} as days_ago,
        {{ days_between('user_days.activity_date', 'cutoffs.month_start') }} as days_before_month
    from {{ recent(ref('fct_stickiness__user_days')) }} as user_days
    inner join cutoffs
        on
            user_days.activity_date < cutoffs.cutoff_date
            and user_days.activity_date >= {{ dbt.dateadd('day', -84, 'cutoffs.month_start') }}
    where user_days.is_active

),

local_days as (

    select
        user_id,
        month_start,
        count(distinct local_date) as local_active_days
    from (
        select
            user_id,
            month_start,
            first_local_date as local_date
        from active_days
        where days_ago <= 28
        union all
        select
            user_id,
            month_start,
            last_local_date as local_date
        from active_days
        where days_ago <= 28
    ) as dates
    group by
        user_id,
        month_start

),

activity as (

    select
        user_id,
        month_start,
        count(case when days_ago <= 28 then 1 end) as active_days,
        count(case when days_before_month <= 0 then 1 end) as calendar_active_days,
        cast(sum(case when days_ago <= 28 then sessions else 0 end) as {{ integer }}) as sessions,
        cast(sum(case when days_ago <= 28 then content_created else 0 end) as {{ integer }}) as content_created,
        min(days_ago) as idle_days,
        count(case when days_before_month between 1 and 28 then 1 end) as active_days_before,
        sum(case when days_before_month between 1 and 28 then content_created else 0 end) as content_created_before,
        min(case when days_before_month > 0 then days_before_month end) as idle_days_before
    from active_days
    group by
        user_id,
        month_start

),

user_months as (

    select
        known_users.user_id,
        cutoffs.month_start,
        cutoffs.cutoff_date,
        known_users.platform,
        known_users.country,
        coalesce(activity.active_days, 0) as active_days,
        coalesce(local_days.local_active_days, 0) as local_active_days,
        coalesce(activity.calendar_active_days, 0) as calendar_active_days,
        coalesce(activity.sessions, 0) as sessions,
        coalesce(activity.content_created, 0) as content_created,
        activity.idle_days,
        known_users.first_active_date < {{ dbt.dateadd('day', -28, 'cutoffs.cutoff_date') }} as is_tenured,
        {{ engagement_tier(
            'activity.active_days', 'activity.content_created', 'activity.idle_days'
        ) | indent(8) }} as tier,
        case
            when known_users.first_active_date >= cutoffs.month_start then 'new'
            else {{ engagement_tier(
                'activity.active_days_before', 'activity.content_created_before', 'activity.idle_days_before'
            ) | indent(12) }}
        end as previous_tier
    from {{ ref('dim_stickiness__users') }} as known_users
    inner join cutoffs
        on known_users.first_active_date < cutoffs.cutoff_date
    left join activity
        on
            known_users.user_id = activity.user_id
            and cutoffs.month_start = activity.month_start
    left join local_days
        on
            known_users.user_id = local_days.user_id
            and cutoffs.month_start = local_days.month_start

)

select * from user_months
{{ in_order_of('cutoff_date') }}
