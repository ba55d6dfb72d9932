-- question: 6.1.1 News feed optimisation
-- goal: A better ranking annoys no reader, starves no creator, and spreads no harm.
-- metric: creator_reach_complaints by reach_trend, complaints about reduced reach / answers
-- grain: week
-- reads: the fact of answers of creators
select
    reach_trend,
    cast(date_trunc('week', survey_date) as date) as period_start,
    -- trap: some always lose reach: those whose reach was kept say how many complain anyway
    cast(sum(complaints) as double) / nullif(sum(answers), 0) as value
from {{ ref('fct_news_feed__creator_answers') }}
group by reach_trend, cast(date_trunc('week', survey_date) as date)
order by period_start, reach_trend
