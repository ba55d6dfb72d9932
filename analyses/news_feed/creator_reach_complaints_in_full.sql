-- question: 6.1.1 News feed optimisation
-- goal: A better ranking annoys no reader, starves no creator, and spreads no harm.
-- metric: creator_reach_complaints, complaints about reduced reach / answers (value), creators with a complaint /
--         creators asked (creators_complaining), answers / times asked (response_rate), and times asked after
--         impressions of two weeks fell below four fifths of those before / times asked (reach_fell)
-- trap: a loud creator is one creator, and some always lose reach
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

reach as (

    select
        asked.event_id,
        count(
            case when cast(shown.event_at as date) >= cast(asked.event_at as date) - interval '14' day then 1 end
        ) as lately,
        count(
            case when cast(shown.event_at as date) < cast(asked.event_at as date) - interval '14' day then 1 end
        ) as earlier
    from {{ ref('stg_news_feed__user_survey_response') }} as asked
    inner join shown
        on
            asked.user_id = shown.source_id
            and cast(shown.event_at as date) < cast(asked.event_at as date)
            and cast(shown.event_at as date) >= cast(asked.event_at as date) - interval '28' day
    where asked.survey_id = 'creator_reach'
    group by asked.event_id

)

select
    cast(date_trunc('week', asked.event_at) as date) as period_start,
    cast(count(case when asked.is_answered and asked.response_value = 'reduced_reach' then 1 end) as double)
    / nullif(count(case when asked.is_answered then 1 end), 0) as value,
    cast(
        count(distinct case when asked.is_answered and asked.response_value = 'reduced_reach' then asked.user_id end)
        as double
    ) / count(distinct asked.user_id) as creators_complaining,
    cast(count(case when asked.is_answered then 1 end) as double) / count(*) as response_rate,
    cast(count(case when 100 * reach.lately < 80 * reach.earlier then 1 end) as double) / count(*) as reach_fell
from {{ ref('stg_news_feed__user_survey_response') }} as asked
left join reach
    on asked.event_id = reach.event_id
where asked.survey_id = 'creator_reach'
group by cast(date_trunc('week', asked.event_at) as date)
order by period_start
