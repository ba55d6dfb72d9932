with

horizon as (

    {{ event_horizon([
        (ref('fct_messenger__messages'), 'sent_at'),
        (ref('fct_messenger__message_receipts'), 'reached_at'),
        (ref('fct_messenger__sessions'), 'started_at'),
        (ref('fct_messenger__conversations_created'), 'created_at'),
    ]) | trim | indent(4) }}

)

{{ calendar_dates('horizon') }}
