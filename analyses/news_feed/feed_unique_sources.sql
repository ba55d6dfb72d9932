-- question: 6.1.1 News feed optimisation
-- goal: Readers see many sources, types and topics, and no bubble closes around them.
-- metric: feed_unique_sources, different sources of each reader in the week / readers
-- grain: week
with readers as (
    select
        impressions.user_id,
        cast(date_trunc('week', impressions.event_at) as date) as period_start,
        count(distinct impressions.source_id) as sources
    from {{ ref('stg_news_feed__item_impression_in_feed') }} as impressions
    inner join {{ ref('stg_news_feed__feed_session_start') }} as starts
        on impressions.session_id = starts.session_id and impressions.user_id = starts.user_id
    group by
        impressions.user_id, coalesce(starts.variant, 'none'),
        cast(date_trunc('week', impressions.event_at) as date)
)

select
    period_start,
    -- trap: the number of sources grows with the number of impressions, so who reads on looks more diverse
    cast(sum(sources) as double) / count(*) as value,
    cast(count(case when sources >= 10 then 1 end) as double) / count(*) as share_reaching_10
from readers
group by period_start
order by period_start
