-- From one midnight to the next there are as many subscribers as begin more, less those that end.
with

days as (

    select
        date_day,
        sum(subscribers_at_start) as subscribers_at_start,
        sum(spells_begun) as spells_begun,
        sum(spells_ended) as spells_ended
    from {{ ref('fct_streaming__subscriber_days') }}
    group by date_day

),

balances as (

    select
        days.date_day,
        next_days.subscribers_at_start as counted,
        days.subscribers_at_start + days.spells_begun - days.spells_ended as expected
    from days
    inner join days as next_days
        on next_days.date_day = {{ dbt.dateadd('day', 1, 'days.date_day') }}

)

select *
from balances
where counted <> expected
