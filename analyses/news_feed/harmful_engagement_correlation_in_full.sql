-- question: 6.1.1 News feed optimisation
-- goal: A better ranking annoys no reader, starves no creator, and spreads no harm.
-- metric: harmful_engagement_correlation, Spearman's correlation over items of at least 5 impressions in the week of
--         harm with engagements (value) and with engagements / impressions (of_rates), with its 95 % interval
--         (of_rates_low, of_rates_high); engagements / impressions (engagement_rate), and items compared / items
--         (items_compared)
-- trap: what is shown more is engaged with more; items that are shown rarely have rates of 0 and 1; it is a warning,
--       not a cause
-- grain: week
with

shown as (

    select
        impressions.*,
        starts.event_at as started_at,
        coalesce(starts.variant, 'none') as variant
    from {{ ref('stg_news_feed__item_impression_in_feed') }} as impressions
    inner join {{ ref('stg_news_feed__feed_session_start') }} as starts
        on
            impressions.session_id = starts.session_id
            and impressions.user_id = starts.user_id

),

engaged as (

    select
        impression_id,
        user_id,
        count(*) as engagements
    from {{ ref('stg_news_feed__item_interaction_in_feed') }}
    where
        interaction_type in ('like', 'comment', 'share', 'click', 'profile_click_from_item', 'expand_item')
    group by
        impression_id,
        user_id

),

items as (

    select
        cast(date_trunc('week', shown.event_at) as date) as period_start,
        shown.item_id,
        max(shown.harm_score) as harm_score,
        count(*) as impressions,
        coalesce(sum(engaged.engagements), 0) as engagements,
        coalesce(sum(engaged.engagements), 0) / cast(count(*) as double) as engagement_rate
    from shown
    left join engaged
        on
            shown.impression_id = engaged.impression_id
            and shown.user_id = engaged.user_id
    where shown.harm_score is not null
    group by
        cast(date_trunc('week', shown.event_at) as date),
        shown.item_id

),

compared as (

    select *
    from items
    where impressions >= 5

),

-- The mean rank of equals, as Spearman has it.
ranked as (

    select
        period_start,
        rank() over (partition by period_start order by harm_score)
        + (count(*) over (partition by period_start, harm_score) - 1) / cast(2 as double) as harm_rank,
        rank() over (partition by period_start order by engagements)
        + (count(*) over (partition by period_start, engagements) - 1) / cast(2 as double) as engagement_rank,
        rank() over (partition by period_start order by engagement_rate)
        + (count(*) over (partition by period_start, engagement_rate) - 1) / cast(2 as double) as rate_rank
    from compared

),

correlations as (

    select
        period_start,
        count(*) as compared_items,
        corr(harm_rank, engagement_rank) as value,
        corr(harm_rank, rate_rank) as of_rates
    from ranked
    group by period_start
    having count(*) > 3

),

transformed as (

    select
        *,
        case
            when of_rates > -1 and of_rates < 1
                then exp(ln((1 + of_rates) / (1 - of_rates)) - cast(40376 as double) / 10000 / sqrt(compared_items - 3))
        end as low,
        case
            when of_rates > -1 and of_rates < 1
                then exp(ln((1 + of_rates) / (1 - of_rates)) + cast(40376 as double) / 10000 / sqrt(compared_items - 3))
        end as high
    from correlations

),

totals as (

    select
        period_start,
        cast(sum(engagements) as double) / sum(impressions) as engagement_rate,
        cast(count(case when impressions >= 5 then 1 end) as double) / count(*) as items_compared
    from items
    group by period_start

)

select
    totals.period_start,
    transformed.value,
    transformed.of_rates,
    totals.engagement_rate,
    totals.items_compared,
    (transformed.low - 1) / (transformed.low + 1) as of_rates_low,
    (transformed.high - 1) / (transformed.high + 1) as of_rates_high
from totals
left join transformed
    on totals.period_start = transformed.period_start
order by totals.period_start
