select
    user_id,
    signal_date,
    city,
    source,
    count(*) as signals,
    -- The best of them is the vote: fifty pictures of a day are one day.
    max(weight) as weight
from {{ recent(ref('fct_short_video__location_signals'), days_before=0) }}
group by
    user_id,
    signal_date,
    city,
    source
{{ in_order_of('signal_date') }}
