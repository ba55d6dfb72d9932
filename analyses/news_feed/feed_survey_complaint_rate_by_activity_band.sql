-- question: 6.1.1 News feed optimisation
-- goal: A better ranking annoys no reader, starves no creator, and spreads no harm.
-- metric: feed_survey_complaint_rate by activity_band, complaints / answers (value), and answers / readers asked
--         (response_rate)
-- grain: week
-- reads: the fact of invitations
select
    activity_band,
    cast(date_trunc('week', survey_date) as date) as period_start,
    -- trap: who comes seldom answers seldom, and is in the mean of all with too little weight
    cast(sum(complaints) as double) / nullif(sum(answers), 0) as value,
    cast(sum(answers) as double) / count(*) as response_rate
from {{ ref('fct_news_feed__survey_invitations') }}
group by activity_band, cast(date_trunc('week', survey_date) as date)
order by period_start, activity_band
