{{ stage_event('short_video', 'system_performance_log') }}
