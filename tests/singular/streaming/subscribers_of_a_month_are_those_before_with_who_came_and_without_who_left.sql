-- Growth accounting is an identity, and the churn rate's parts are its parts: both are told of the same spells, once by
-- periods and once by months of users.
with

accounts as (

    select
        month_start,
        sum(active) as active,
        sum(new_units) as new_units,
        sum(retained) as retained,
        sum(resurrected) as resurrected,
        sum(churned) as churned,
        lag(sum(active)) over (order by month_start) as active_before
    from {{ ref('fct_streaming__subscriber_growth') }}
    group by month_start

),

rates as (

    select
        period_start,
        max(case when statistic = 'net_of_returns' then numerator end) as gone,
        max(case when statistic = 'net_of_returns' then denominator end) as starters,
        max(case when statistic = 'quick_ratio' then numerator end) as come
    from {{ ref('mart_subscriber_churn_rate') }}
    where
        dimension = 'all'
        and is_complete
    group by period_start

)

select
    accounts.*,
    rates.gone,
    rates.starters,
    rates.come
from accounts
left join rates
    on accounts.month_start = rates.period_start
where
    accounts.active <> accounts.new_units + accounts.retained + accounts.resurrected
    or coalesce(accounts.active_before, 0) <> accounts.retained + accounts.churned
    or rates.gone <> accounts.churned
    or rates.starters <> accounts.active_before
    or rates.come <> accounts.new_units + accounts.resurrected
