{{ rows_of_metric('mart_rich_media_usage_rate', 'typed_messages', [
    ref('dim_messenger__dates'),
    ref('dim_messenger__users'),
    ref('fct_messenger__messages'),
], 'message_date', ref('dim_messenger__dates')) }}
