with

changes as (

    select
        *,
        -- Of two changes in the same second, the id decides, so that there is an order.
        sum(case when event_type = 'new_sub' then 1 else 0 end) over (
            partition by user_id order by event_at, event_id rows between unbounded preceding and current row
        ) as spell_number
    from {{ ref('stg_streaming__subscription_change') }}

),

spells as (

    select
        user_id,
        spell_number,
        min(event_at) as started_at,
        min(case when event_type = 'churn' then event_at end) as ended_at,
        min_by(new_plan, event_at) as first_plan,
        max_by(new_plan, case when event_type <> 'churn' then event_at end) as last_plan,
        min_by(churn_reason, case when event_type = 'churn' then event_at end) as churn_reason,
        count(case when event_type in ('upgrade', 'downgrade') then 1 end) as plan_changes
    from changes
    -- A subscription that began before the log is not known to have begun.
    where spell_number > 0
    group by
        user_id,
        spell_number

)

select
    spells.user_id,
    cast(spells.spell_number as {{ engine_type('integer') }}) as spell_number,
    spells.spell_number > 1 as is_comeback,
    spells.started_at,
    cast(spells.started_at as date) as started_on,
    spells.ended_at,
    cast(spells.ended_at as date) as ended_on,
    coalesce(spells.first_plan, 'unknown') as first_plan,
    coalesce(spells.last_plan, 'unknown') as last_plan,
    spells.churn_reason,
    spells.plan_changes,
    known_users.platform,
    known_users.country
from spells
inner join {{ ref('dim_streaming__users') }} as known_users
    on spells.user_id = known_users.user_id
