-- What comes from a tier is what it had at the end of the month before, and what goes to it is what it has now. Who had
-- not signed up by then comes from `new`, which had nobody.
with

flows as (

    select * from {{ ref('fct_stickiness__tier_flows') }}

),

users as (

    select
        month_start,
        platform,
        tier,
        count(*) as users
    from {{ ref('fct_stickiness__user_months') }}
    group by
        month_start,
        platform,
        tier

),

sides as (

    select
        flows.month_start,
        flows.platform,
        flows.to_tier as tier,
        'to' as side,
        sum(flows.users) as flowing,
        max(users.users) as users,
        sum(flows.share_of_to) as sum_of_shares
    from flows
    left join users
        on
            flows.month_start = users.month_start
            and flows.platform = users.platform
            and flows.to_tier = users.tier
    group by
        flows.month_start,
        flows.platform,
        flows.to_tier
    union all
    select
        flows.month_start,
        flows.platform,
        flows.from_tier as tier,
        'from' as side,
        sum(flows.users) as flowing,
        max(users.users) as users,
        sum(flows.share_of_from) as sum_of_shares
    from flows
    left join users
        on
            flows.month_start = {{ dbt.dateadd('month', 1, 'users.month_start') }}
            and flows.platform = users.platform
            and flows.from_tier = users.tier
    group by
        flows.month_start,
        flows.platform,
        flows.from_tier

),

first_month as (

    select min(month_start) as month_start
    from flows

)

select sides.*
from sides
cross join first_month
where
    abs(sides.sum_of_shares - 1) > 1e-9
    or (
        -- Of what was before the first month that is over, there is no fact; and nobody was new before.
        not (sides.side = 'from' and (sides.tier = 'new' or sides.month_start = first_month.month_start))
        and (sides.users is null or sides.users <> sides.flowing)
    )
