-- question: 6.1.1 News feed optimisation
-- goal: What is shown fits each reader better than what anybody would be shown.
-- metric: feed_topic_diversity_engaged by variant, topics with a like, comment or share / readers (value), and / topics
--         seen (of_topics_seen)
-- grain: week
-- reads: the fact of weeks of readers
select
    variant,
    week_start as period_start,
    -- trap: who likes nothing is a reader all the same
    cast(sum(topics_engaged) as double) / count(*) as value,
    cast(sum(topics_engaged) as double) / sum(distinct_topics) as of_topics_seen
from {{ ref('fct_news_feed__user_weeks') }}
group by variant, week_start
order by period_start, variant
