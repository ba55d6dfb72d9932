-- The summary is built day by day, and a day that was built too early looks like any other: what it counts is
-- what the facts hold now.
with

facts as (

    select
        user_id,
        message_date as activity_date,
        1 as messages,
        0 as sessions,
        0 as receipts
    from {{ get_where_subquery(ref('fct_messenger__messages')) }}
    union all
    select
        user_id,
        session_date as activity_date,
        0 as messages,
        1 as sessions,
        0 as receipts
    from {{ get_where_subquery(ref('fct_messenger__sessions')) }}
    union all
    select
        user_id,
        receipt_date as activity_date,
        0 as messages,
        0 as sessions,
        1 as receipts
    from {{ get_where_subquery(ref('fct_messenger__message_receipts')) }}

),

sums_of_facts as (

    select
        user_id,
        activity_date,
        sum(messages) as messages,
        sum(sessions) as sessions,
        sum(receipts) as receipts
    from facts
    group by
        user_id,
        activity_date

),

summary as (

    select * from {{ get_where_subquery(ref('fct_messenger__user_daily_activity_summary')) }}

)

select
    sums_of_facts.messages,
    summary.messages_sent_count,
    sums_of_facts.sessions,
    summary.sessions_count,
    sums_of_facts.receipts,
    summary.messages_received_count,
    coalesce(sums_of_facts.user_id, summary.user_id) as user_id,
    coalesce(sums_of_facts.activity_date, summary.activity_date) as activity_date
from sums_of_facts
full outer join summary
    on
        sums_of_facts.user_id = summary.user_id
        and sums_of_facts.activity_date = summary.activity_date
where
    summary.user_id is null
    or coalesce(sums_of_facts.messages, 0) <> summary.messages_sent_count
    or coalesce(sums_of_facts.sessions, 0) <> summary.sessions_count
    or coalesce(sums_of_facts.receipts, 0) <> summary.messages_received_count
