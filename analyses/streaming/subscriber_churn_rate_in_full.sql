-- question: 3.1.1 Streaming engagement at platform, user and video level
-- goal: The base of subscribers is healthy, grows, and watches regularly.
-- metric: subscriber_churn_rate, ends of subscriptions / subscribers at the start of the month (value), of these who
--         leave (of_starters), who are gone when it is over (net_of_returns), whose payment failed (by_payment), who
--         joins and leaves in it / who joins (joined_and_left), and who comes / who goes (quick_ratio)
-- trap: who joins and leaves within the month was no subscriber at its start, and who leaves twice is one
-- grain: month
with

changes as (

    select
        user_id,
        event_type,
        event_at,
        cast(event_at as date) as started_on,
        cast(lead(event_at) over (partition by user_id order by event_at, event_id) as date) as ended_on,
        lead(churn_reason) over (partition by user_id order by event_at, event_id) as churn_reason
    from {{ ref('stg_streaming__subscription_change') }}
    where event_type in ('new_sub', 'churn')

),

months as (

    select distinct cast(date_trunc('month', event_at) as date) as month_start
    from {{ ref('stg_streaming__playback_start') }}

),

subscriber_months as (

    select
        months.month_start,
        changes.user_id,
        max(case when changes.started_on < months.month_start then 1 else 0 end) as was_there,
        max(case when changes.ended_on < months.month_start + interval '1' month then 0 else 1 end) as is_there_after,
        max(case
            when
                changes.started_on < months.month_start
                and changes.ended_on < months.month_start + interval '1' month
                then 1
            else 0
        end) as has_left,
        max(case
            when
                changes.started_on < months.month_start
                and changes.ended_on < months.month_start + interval '1' month
                and changes.churn_reason = 'payment'
                then 1
            else 0
        end) as has_left_by_payment,
        max(case when changes.started_on >= months.month_start then 1 else 0 end) as has_joined,
        max(case
            when
                changes.started_on >= months.month_start
                and changes.ended_on < months.month_start + interval '1' month
                then 1
            else 0
        end) as has_joined_and_left,
        count(case when changes.ended_on < months.month_start + interval '1' month then 1 end) as ends
    from months
    inner join changes
        on
            changes.started_on < months.month_start + interval '1' month
            and coalesce(changes.ended_on, months.month_start) >= months.month_start
    where changes.event_type = 'new_sub'
    group by
        months.month_start,
        changes.user_id

)

select
    month_start as period_start,
    cast(sum(ends) as double) / nullif(sum(was_there), 0) as value,
    cast(sum(has_left) as double) / nullif(sum(was_there), 0) as of_starters,
    cast(sum(case when was_there = 1 then 1 - is_there_after end) as double) / nullif(sum(was_there), 0)
        as net_of_returns,
    cast(sum(has_left_by_payment) as double) / nullif(sum(was_there), 0) as by_payment,
    cast(sum(has_joined_and_left) as double) / nullif(sum(has_joined), 0) as joined_and_left,
    cast(count(case when was_there = 0 and is_there_after = 1 then 1 end) as double)
    / nullif(count(case when was_there = 1 and is_there_after = 0 then 1 end), 0) as quick_ratio
from subscriber_months
-- The month in which the log begins is not whole.
where month_start > (select min(months.month_start) from months)
group by month_start
order by period_start
