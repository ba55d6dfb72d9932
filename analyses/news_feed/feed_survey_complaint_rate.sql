-- question: 6.1.1 News feed optimisation
-- goal: A better ranking annoys no reader, starves no creator, and spreads no harm.
-- metric: feed_survey_complaint_rate, complaints of an echo chamber or of boredom / answers (value), and answers /
--         readers asked (response_rate)
-- grain: week
select
    cast(date_trunc('week', event_at) as date) as period_start,
    -- trap: who is bored answers less, so the rate of those who answer is too good
    cast(count(case when is_answered and response_value in ('echo_chamber', 'boredom') then 1 end) as double)
    / nullif(count(case when is_answered then 1 end), 0) as value,
    cast(count(case when is_answered then 1 end) as double) / count(*) as response_rate
from {{ ref('stg_news_feed__user_survey_response') }}
where survey_id = 'feed_satisfaction'
group by cast(date_trunc('week', event_at) as date)
order by period_start
