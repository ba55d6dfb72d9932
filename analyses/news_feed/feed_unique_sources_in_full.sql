-- question: 6.1.1 News feed optimisation
-- goal: Readers see many sources, types and topics, and no bubble closes around them.
-- metric: feed_unique_sources, different sources of each reader in the week / readers (value) and by the day / days of
--         readers (per_day), readers with 10 or more / readers (share_reaching_10), means over readers of 1 / the sum
--         of squared shares (effective), of the entropy (entropy), and of the sources to expect of 10 impressions, of
--         those who have so many (rarefied)
-- trap: the number of sources grows with the number of impressions alone, so readers are compared at equal volume; ten
--       sources of which one has nine tenths are worth 1.2
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

sources as (

    select
        user_id,
        variant,
        cast(date_trunc('week', event_at) as date) as period_start,
        source_id,
        cast(count(*) as double) as item_impressions,
        count(distinct cast(event_at as date)) as source_days
    from shown
    group by
        user_id,
        variant,
        cast(date_trunc('week', event_at) as date),
        source_id

),

days as (

    select
        user_id,
        variant,
        cast(date_trunc('week', event_at) as date) as period_start,
        count(distinct cast(event_at as date)) as active_days
    from shown
    group by
        user_id,
        variant,
        cast(date_trunc('week', event_at) as date)

),

totals as (

    select
        *,
        sum(item_impressions) over (partition by user_id, variant, period_start) as impressions
    from sources

),

missed_sources as (

    select
        *,
        -- The odds that none of ten drawn impressions is of the source, one draw after the other.
        case
            when impressions - item_impressions < 10 then 0
            else
                (impressions - item_impressions) / nullif(impressions, 0)
                * (impressions - item_impressions - 1) / nullif(impressions - 1, 0)
                * (impressions - item_impressions - 2) / nullif(impressions - 2, 0)
                * (impressions - item_impressions - 3) / nullif(impressions - 3, 0)
                * (impressions - item_impressions - 4) / nullif(impressions - 4, 0)
                * (impressions - item_impressions - 5) / nullif(impressions - 5, 0)
                * (impressions - item_impressions - 6) / nullif(impressions - 6, 0)
                * (impressions - item_impressions - 7) / nullif(impressions - 7, 0)
                * (impressions - item_impressions - 8) / nullif(impressions - 8, 0)
                * (impressions - item_impressions - 9) / nullif(impressions - 9, 0)
        end as missed
    from totals

),

readers as (

    select
        user_id,
        variant,
        period_start,
        count(*) as distinct_sources,
        sum(source_days) as daily_sources,
        1 / sum(item_impressions / impressions * item_impressions / impressions) as effective_sources,
        -sum(item_impressions / impressions * ln(item_impressions / impressions))
            as source_entropy,
        case when max(impressions) >= 10 then sum(1 - missed) end as rarefied_sources
    from missed_sources
    group by
        user_id,
        variant,
        period_start

)

select
    readers.period_start,
    cast(sum(readers.distinct_sources) as double) / count(*) as value,
    cast(sum(readers.daily_sources) as double) / sum(days.active_days) as per_day,
    cast(count(case when readers.distinct_sources >= 10 then 1 end) as double) / count(*) as share_reaching_10,
    sum(readers.effective_sources) / count(*) as effective,
    sum(readers.source_entropy) / count(*) as entropy,
    sum(readers.rarefied_sources) / nullif(count(readers.rarefied_sources), 0) as rarefied
from readers
inner join days
    on
        readers.user_id = days.user_id
        and readers.variant = days.variant
        and readers.period_start = days.period_start
group by readers.period_start
order by readers.period_start
