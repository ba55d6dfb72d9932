with

months as (

    select
        month_start,
        cast({{ dbt.dateadd('month', 1, 'month_start') }} as date) as next_month,
        max(date_day) as known_until
    from {{ ref('dim_streaming__dates') }}
    group by month_start

),

spell_months as (

    select
        spells.*,
        months.month_start,
        months.next_month,
        months.known_until
    from {{ ref('fct_streaming__subscription_spells') }} as spells
    inner join months
        on
            spells.started_on < months.next_month
            and coalesce(spells.ended_on, months.month_start) >= months.month_start

)

select
    user_id,
    month_start,
    known_until,
    platform,
    country,
    min_by(first_plan, started_at) as plan,
    -- At the month's first instant; whoever joins on its first day joins in it.
    max(case when started_on < month_start then 1 else 0 end) = 1 as was_subscribed,
    max(case when ended_on < next_month then 0 else 1 end) = 1 as is_subscribed_after,
    max(case when started_on < month_start and ended_on < next_month then 1 else 0 end) = 1 as has_left,
    max(case
        when started_on < month_start and ended_on < next_month and churn_reason = 'payment' then 1 else 0
    end) = 1 as has_left_by_payment,
    max(case when started_on >= month_start then 1 else 0 end) = 1 as has_joined,
    max(case when started_on >= month_start and ended_on < next_month then 1 else 0 end) = 1 as has_joined_and_left,
    min(spell_number) = 1 and min(started_on) >= month_start as is_first_month,
    count(case when ended_on < next_month then 1 end) as churn_events
from spell_months
group by
    user_id,
    month_start,
    known_until,
    platform,
    country
