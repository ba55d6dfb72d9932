-- question: 6.1.1 News feed optimisation
-- goal: A better ranking annoys no reader, starves no creator, and spreads no harm.
-- metric: creator_reach_complaints, complaints about reduced reach / answers (value), creators with a complaint /
--         creators asked (creators_complaining), and answers / times asked (response_rate)
-- grain: week
select
    cast(date_trunc('week', event_at) as date) as period_start,
    cast(count(case when is_answered and response_value = 'reduced_reach' then 1 end) as double)
    / nullif(count(case when is_answered then 1 end), 0) as value,
    -- trap: a loud creator is one creator
    cast(count(distinct case when is_answered and response_value = 'reduced_reach' then user_id end) as double)
    / count(distinct user_id) as creators_complaining,
    cast(count(case when is_answered then 1 end) as double) / count(*) as response_rate
from {{ ref('stg_news_feed__user_survey_response') }}
where survey_id = 'creator_reach'
group by cast(date_trunc('week', event_at) as date)
order by period_start
