select
    city,
    country,
    hours_ahead
from {{ ref('short_video__cities') }}
