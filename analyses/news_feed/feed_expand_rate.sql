-- question: 6.1.1 News feed optimisation
-- goal: What is shown fits each reader better than what anybody would be shown.
-- metric: feed_expand_rate, expands / impressions of items that are shown shortened (value), / impressions
--         (of_all_impressions), and these / impressions (contractable)
-- grain: week
with expands as (
    select
        user_id,
        impression_id,
        count(*) as expands
    from {{ ref('stg_news_feed__item_interaction_in_feed') }}
    where interaction_type = 'expand_item'
    group by user_id, impression_id
)

select
    cast(date_trunc('week', shown.event_at) as date) as period_start,
    -- trap: what is shown whole cannot be expanded, and is in no denominator
    coalesce(sum(case when shown.is_contractable then expands.expands end), 0)
    / cast(nullif(count(case when shown.is_contractable then 1 end), 0) as double) as value,
    coalesce(sum(case when shown.is_contractable then expands.expands end), 0)
    / cast(count(*) as double) as of_all_impressions,
    cast(count(case when shown.is_contractable then 1 end) as double) / count(*) as contractable
from {{ ref('stg_news_feed__item_impression_in_feed') }} as shown
inner join {{ ref('stg_news_feed__feed_session_start') }} as starts
    on shown.session_id = starts.session_id and shown.user_id = starts.user_id
left join expands on shown.impression_id = expands.impression_id and shown.user_id = expands.user_id
group by cast(date_trunc('week', shown.event_at) as date)
order by period_start
