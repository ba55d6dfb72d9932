-- Growth accounting is an identity: it holds to the user in every period and slice, or somebody is counted twice.
with

accounts as (

    select
        period_grain,
        period_start,
        dimension,
        member,
        max(case when statistic = 'active' then value end) as active,
        max(case when statistic = 'new_users' then value end) as new_users,
        max(case when statistic = 'retained' then value end) as retained,
        max(case when statistic = 'resurrected' then value end) as resurrected,
        max(case when statistic = 'churned' then value end) as churned
    from {{ ref('mart_rolling_window_retention') }}
    group by
        period_grain,
        period_start,
        dimension,
        member

),

balances as (

    select
        *,
        lag(active) over (partition by period_grain, dimension, member order by period_start) as active_before
    from accounts

)

select *
from balances
where
    active <> new_users + retained + resurrected
    or coalesce(active_before, 0) <> retained + churned
    or active <> coalesce(active_before, 0) + new_users + resurrected - churned
