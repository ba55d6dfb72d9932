with

periods as (

    select distinct
        month_start,
        cast(12 * extract(year from month_start) + extract(month from month_start) as {{ engine_type('integer') }})
            as period
    from {{ ref('dim_streaming__dates') }}
    where is_complete_day

),

-- Who is subscribed when the month is over.
activity as (

    select
        subscriber_months.user_id,
        subscriber_months.country,
        periods.period
    from {{ ref('fct_streaming__subscriber_months') }} as subscriber_months
    inner join periods
        on subscriber_months.month_start = periods.month_start
    where subscriber_months.is_subscribed_after

),

accounts as (

    {{ growth_accounting('activity', 'periods', 'user_id', by=['country']) | trim | indent(4) }}

)

select
    periods.month_start,
    accounts.country,
    accounts.active,
    accounts.new_units,
    accounts.retained,
    accounts.resurrected,
    accounts.churned,
    cast(accounts.dormant as {{ engine_type('integer') }}) as dormant,
    accounts.quick_ratio
from accounts
inner join periods
    on accounts.period = periods.period
