{%- set least = news_feed_thresholds().reach_fell_percent %}
{%- set integer = engine_type('integer') %}
{%- set two_weeks_before = 'cast(' ~ dbt.dateadd('day', -14, 'invitations.survey_date') | trim ~ ' as date)' %}

with

invitations as (

    select
        *,
        cast(event_at as date) as survey_date
    from {{ recent(ref('stg_news_feed__user_survey_response')) }}
    where survey_id = 'creator_reach'

),

source_days as (

    select
        source_id,
        impression_date,
        count(*) as impressions
    from {{ recent(ref('fct_news_feed__impressions')) }}
    group by
        source_id,
        impression_date

),

reach as (

    select
        invitations.event_id,
        sum(
            case
                when source_days.impression_date >= {{ two_weeks_before }}
                    then source_days.impressions
                else 0
            end
        ) as impressions_lately,
        sum(
            case
                when source_days.impression_date < {{ two_weeks_before }}
                    then source_days.impressions
                else 0
            end
        ) as impressions_before
    from invitations
    inner join source_days
        on
            invitations.user_id = source_days.source_id
            and invitations.survey_date > source_days.impression_date
            and source_days.impression_date >= cast({{ dbt.dateadd('day', -28, 'invitations.survey_date') }} as date)
    group by invitations.event_id

)

select
    invitations.event_id as invitation_id,
    invitations.user_id as creator_id,
    invitations.event_at as closed_at,
    invitations.survey_date,
    cast(coalesce(reach.impressions_lately, 0) as {{ integer }}) as impressions_lately,
    cast(coalesce(reach.impressions_before, 0) as {{ integer }}) as impressions_before,
    case
        when 100 * reach.impressions_lately < {{ least }} * reach.impressions_before then 'fell'
        else 'kept'
    end as reach_trend,
    cast(case when invitations.is_answered then 1 else 0 end as {{ integer }}) as answers,
    cast(
        case when invitations.is_answered and invitations.response_value = 'reduced_reach' then 1 else 0 end
        as {{ integer }}
    ) as complaints
from invitations
left join reach
    on invitations.event_id = reach.event_id
{{ in_order_of('survey_date') }}
