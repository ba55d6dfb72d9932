-- The histogram has everybody once; and its mean, by 28 days, is the mean of the daily users by the users of the month.
with

monthly as (

    select
        period_start,
        dimension,
        member,
        sum(case when statistic like 'days_%' then value end) as sum_of_shares,
        sum(case when statistic like 'days_%' then value * cast(replace(statistic, 'days_', '') as integer) end)
            as mean_of_shares,
        max(case when statistic = 'mean_days' then value end) as mean_days
    from {{ ref('mart_active_days_distribution') }}
    where is_complete
    group by
        period_start,
        dimension,
        member

),

daily as (

    select
        dates.month_start,
        ratios.dimension,
        ratios.member,
        28 * max(ratios.value) as mean_days
    from {{ ref('mart_active_day_ratios') }} as ratios
    inner join {{ ref('dim_stickiness__dates') }} as dates
        on ratios.period_start = dates.date_day
    where
        ratios.statistic = 'mean_dau_over_mau'
        and ratios.period_start = cast(
            {{ dbt.dateadd('day', -1, dbt.dateadd('month', 1, 'dates.month_start')) }} as date
        )
    group by
        dates.month_start,
        ratios.dimension,
        ratios.member

)

select monthly.*
from monthly
left join daily
    on
        monthly.period_start = daily.month_start
        and monthly.dimension = daily.dimension
        and monthly.member = daily.member
where
    abs(monthly.sum_of_shares - 1) > 1e-9
    or abs(monthly.mean_of_shares - monthly.mean_days) > 1e-9
    or abs(monthly.mean_days - daily.mean_days) > 1e-9
