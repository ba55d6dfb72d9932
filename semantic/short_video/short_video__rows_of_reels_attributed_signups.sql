{{ rows_of_metric('mart_reels_attributed_signups', 'signups', [
    ref('dim_short_video__dates'),
    ref('fct_short_video__signups'),
], 'signup_date', ref('dim_short_video__dates')) }}
