-- question: 3.1.1 Streaming engagement at platform, user and video level
-- goal: Single users find what is worth watching, in variety, and make a habit of it.
-- metric: content_diversity_per_user by platform, users with more than 5 titles in the last 28 days of the month /
--         active users (share_over_5)
-- grain: month
-- reads: the monthly fact of users
select
    month_start as period_start,
    platform,
    -- trap: five episodes are one title, and who watches nothing is a user all the same
    cast(count(case when titles_watched > 5 then 1 end) as double) / count(*) as share_over_5
from {{ ref('fct_streaming__user_months') }}
group by month_start, platform
order by period_start, platform
