-- question: 6.1.1 News feed optimisation
-- goal: A better ranking annoys no reader, starves no creator, and spreads no harm.
-- metric: feed_survey_complaint_rate, complaints of an echo chamber or of boredom / answers (value), weighted by how
--         many were asked for each answer among readers who came as often, in the month (weighted), answers / readers
--         asked (response_rate), and complaints and readers who leave within a week without an answer / answers and
--         these (complained_or_left)
-- trap: who is bored answers less or leaves, and who comes seldom answers seldom
-- grain: week
with

asked as (

    select
        event_id,
        user_id,
        event_at,
        case when is_answered then 1 else 0 end as answers,
        case when is_answered and response_value in ('echo_chamber', 'boredom') then 1 else 0 end as complaints
    from {{ ref('stg_news_feed__user_survey_response') }}
    where survey_id = 'feed_satisfaction'

),

visits as (

    select
        asked.event_id,
        count(starts.event_id) as sessions
    from asked
    left join {{ ref('stg_news_feed__feed_session_start') }} as starts
        on
            asked.user_id = starts.user_id
            and asked.event_at > starts.event_at
            and cast(starts.event_at as date) >= cast(asked.event_at as date) - interval '28' day
    group by asked.event_id

),

leavers as (

    select distinct asked.event_id
    from asked
    inner join {{ ref('stg_news_feed__app_uninstall') }} as uninstalls
        on
            asked.user_id = uninstalls.user_id
            and asked.event_at <= uninstalls.event_at
            and cast(uninstalls.event_at as date) <= cast(asked.event_at as date) + interval '7' day

),

banded as (

    select
        asked.*,
        cast(date_trunc('month', asked.event_at) as date) as month_start,
        case when asked.answers = 0 and leavers.event_id is not null then 1 else 0 end as left_unanswered,
        case when visits.sessions < 2 then 'light' when visits.sessions < 4 then 'regular' else 'heavy' end
            as activity_band
    from asked
    inner join visits
        on asked.event_id = visits.event_id
    left join leavers
        on asked.event_id = leavers.event_id

),

strata as (

    select
        activity_band,
        month_start,
        cast(count(*) as double) / nullif(sum(answers), 0) as weight
    from banded
    group by
        activity_band,
        month_start

)

select
    cast(date_trunc('week', banded.event_at) as date) as period_start,
    cast(sum(banded.complaints) as double) / nullif(sum(banded.answers), 0) as value,
    sum(strata.weight * banded.complaints) / nullif(sum(strata.weight * banded.answers), 0) as weighted,
    cast(sum(banded.answers) as double) / count(*) as response_rate,
    cast(sum(banded.complaints + banded.left_unanswered) as double)
    / nullif(sum(banded.answers + banded.left_unanswered), 0) as complained_or_left
from banded
inner join strata
    on
        banded.activity_band = strata.activity_band
        and banded.month_start = strata.month_start
group by cast(date_trunc('week', banded.event_at) as date)
order by period_start
