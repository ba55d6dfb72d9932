{%- set next_month = dbt.dateadd('month', 1, 'dates.month_start') | trim -%}
{%- set closed_on = dbt.dateadd('day', var('follow_up_days') + 1, next_month) | trim -%}

with

-- A month is closed once its last originals have had their time.
closed_months as (

    select distinct
        dates.month_start,
        cast({{ closed_on }} as date) as closed_date
    from {{ ref('dim_short_video__dates') }} as dates
    inner join {{ ref('dim_short_video__dates') }} as last_days
        on last_days.date_day = cast({{ dbt.dateadd('day', -1, closed_on) }} as date)
    where
        dates.is_complete_month
        and last_days.is_complete_day
    {{ only_rebuilt('and', closed_on) }}

),

-- Where nobody engages with the original itself there is nothing to divide by.
ranked as (

    select
        closed_months.month_start,
        closed_months.closed_date,
        amplification.content_id,
        amplification.user_id,
        amplification.content_type,
        amplification.shares,
        amplification.deepest_share,
        amplification.direct_engagements,
        amplification.shared_engagements,
        amplification.lift,
        cast(
            rank() over (partition by closed_months.month_start order by amplification.lift desc)
            as {{ engine_type('integer') }}
        ) as lift_rank
    from {{ recent(ref('fct_short_video__amplification'), days_before=period_days() + linked_days()) }} as amplification
    inner join closed_months
        on
            amplification.created_date >= closed_months.month_start
            and amplification.created_date < {{ dbt.dateadd('month', 1, 'closed_months.month_start') }}
    where amplification.lift is not null

),

months as (

    select
        month_start,
        count(*) as ranked_originals,
        {{ least_of_the_top('lift', 0.05) }} as least_lift
    from ranked
    group by month_start

)

select
    ranked.month_start,
    ranked.closed_date,
    ranked.content_id,
    ranked.user_id,
    ranked.content_type,
    ranked.shares,
    ranked.deepest_share,
    ranked.direct_engagements,
    ranked.shared_engagements,
    ranked.lift,
    ranked.lift_rank,
    months.ranked_originals,
    months.least_lift
from ranked
inner join months
    on ranked.month_start = months.month_start
where
    ranked.lift >= months.least_lift
    -- Who was not shared drives nothing, even in a month in which nobody else was.
    and ranked.lift > 0
{{ in_order_of('ranked.closed_date') }}
