with

-- A day begins at midnight: who was subscribed then, who joins and who leaves in its course.
spell_days as (

    select
        dates.date_day,
        spells.user_id,
        spells.platform,
        spells.country,
        spells.first_plan as plan,
        case when spells.started_on < dates.date_day then 1 else 0 end as was_subscribed,
        case when spells.started_on = dates.date_day then 1 else 0 end as begins,
        case when spells.ended_on = dates.date_day then 1 else 0 end as ends
    from {{ ref('fct_streaming__subscription_spells') }} as spells
    inner join {{ recent(ref('dim_streaming__dates'), 'date_day', days_before=0) }} as dates
        on
            spells.started_on <= dates.date_day
            and dates.date_day <= coalesce(spells.ended_on, dates.date_day)

)

select
    date_day,
    platform,
    country,
    plan,
    cast(sum(was_subscribed) as {{ engine_type('integer') }}) as subscribers_at_start,
    cast(sum(begins) as {{ engine_type('integer') }}) as spells_begun,
    cast(sum(ends) as {{ engine_type('integer') }}) as spells_ended
from spell_days
group by
    date_day,
    platform,
    country,
    plan
{{ in_order_of('date_day') }}
