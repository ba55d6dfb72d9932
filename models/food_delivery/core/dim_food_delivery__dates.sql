with

horizon as (

    {{ event_horizon('food_delivery', 'order_placed') | trim | indent(4) }}

)

{{ calendar_dates('horizon') }}
