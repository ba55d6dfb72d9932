{%- set integer = engine_type('integer') %}

with

invitations as (

    select
        *,
        cast(event_at as date) as survey_date
    from {{ recent(ref('stg_news_feed__user_survey_response')) }}
    where survey_id = 'feed_satisfaction'

),

earlier_sessions as (

    select
        invitations.event_id,
        count(*) as sessions
    from invitations
    inner join {{ recent(ref('fct_news_feed__sessions')) }} as sessions
        on
            invitations.user_id = sessions.user_id
            and invitations.event_at > sessions.started_at
            and sessions.session_date >= cast({{ dbt.dateadd('day', -28, 'invitations.survey_date') }} as date)
    group by invitations.event_id

),

leavers as (

    select distinct invitations.event_id
    from invitations
    inner join {{ recent(ref('stg_news_feed__app_uninstall')) }} as uninstalls
        on
            invitations.user_id = uninstalls.user_id
            and invitations.event_at <= uninstalls.event_at
            and {{ happened_near('uninstalls.event_at', 'invitations.survey_date') | indent(12) }}

),

known_invitations as (

    select
        invitations.*,
        case when known_users.exposed_at <= invitations.event_at then known_users.variant else 'none' end
            as variant_then,
        coalesce(earlier_sessions.sessions, 0) as sessions_before,
        leavers.event_id is not null as leaves_within_a_week
    from invitations
    left join {{ ref('dim_news_feed__users') }} as known_users
        on invitations.user_id = known_users.user_id
    left join earlier_sessions
        on invitations.event_id = earlier_sessions.event_id
    left join leavers
        on invitations.event_id = leavers.event_id

)

select
    event_id as invitation_id,
    user_id,
    question_id,
    event_at as closed_at,
    survey_date,
    coalesce(platform, 'unknown') as platform,
    variant_then as variant,
    case when sessions_before < 2 then 'light' when sessions_before < 4 then 'regular' else 'heavy' end
        as activity_band,
    -- Answers under the old ranking, and those under the one that is to replace it.
    case variant_then when 'none' then 'before' when {{ sql_text(feed_ranking_change()) }} then 'after' end
        as change_phase,
    -- An answer under the old ranking is compared with those that come when the experiment is over.
    case
        when variant_then = 'none'
            then cast({{ dbt.dateadd('day', feed_ranking_experiment().planned_days, 'survey_date') }} as date)
        else survey_date
    end as compared_on,
    cast(case when is_answered then 1 else 0 end as {{ integer }}) as answers,
    cast(
        case when is_answered and response_value in ('echo_chamber', 'boredom') then 1 else 0 end as {{ integer }}
    ) as complaints,
    cast(case when not is_answered and leaves_within_a_week then 1 else 0 end as {{ integer }}) as left_unanswered
from known_invitations
{{ in_order_of('survey_date') }}
