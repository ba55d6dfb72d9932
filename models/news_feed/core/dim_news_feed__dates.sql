with

horizon as (

    {{ event_horizon('news_feed', 'feed_session_start') | trim | indent(4) }}

)

{{ calendar_dates('horizon') }}
