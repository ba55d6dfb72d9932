with

flows as (

    select
        month_start,
        cutoff_date,
        platform,
        previous_tier as from_tier,
        tier as to_tier,
        count(*) as users
    from {{ recent(ref('fct_stickiness__user_months'), days_before=0) }}
    group by
        month_start,
        cutoff_date,
        platform,
        previous_tier,
        tier

)

select
    month_start,
    cutoff_date,
    platform,
    from_tier,
    to_tier,
    users,
    1e0 * users / sum(users) over (partition by month_start, platform, from_tier) as share_of_from,
    1e0 * users / sum(users) over (partition by month_start, platform, to_tier) as share_of_to
from flows
{{ in_order_of('cutoff_date') }}
