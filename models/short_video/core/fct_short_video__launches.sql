select
    country,
    cast({{ dbt.date_trunc('week', 'min(first_reels_date)') }} as date) as launch_week,
    min(first_reels_date) as first_reels_date
from {{ ref('dim_short_video__users') }}
where first_reels_date is not null
group by country
