{{ stage_event('short_video', 'user_signup_referral') }}
