-- Four weeks before adoption, its own, and four after it: a week that is missing would be a zero that nobody counts.
select
    user_id,
    adoption_week,
    count(*) as rows_of_user
from {{ ref('fct_short_video__adoption_weeks') }}
group by
    user_id,
    adoption_week
having
    count(distinct event_week) <> 9
    or min(event_week) <> -4
    or max(event_week) <> 4
    or count(case when event_week < 0 and platform_ms is null then 1 end) > 0
