{{ stage_event('streaming', 'subscription_change') }}
