with

fact_times as (

    select
        sent_at as happened_at,
        received_at
    from {{ ref('fct_messenger__messages') }}
    union all
    select
        reached_at as happened_at,
        received_at
    from {{ ref('fct_messenger__message_receipts') }}
    union all
    select
        started_at as happened_at,
        received_at
    from {{ ref('fct_messenger__sessions') }}
    union all
    select
        created_at as happened_at,
        received_at
    from {{ ref('fct_messenger__conversations_created') }}

),

horizon as (

    select
        cast(min(happened_at) as date) as first_day,
        cast(max(received_at) as date) as last_day
    from fact_times

)

{{ calendar_dates('horizon') }}
