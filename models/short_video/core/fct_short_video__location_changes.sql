{#- A candidate is confirmed within some days, and evidence from as many before it says when the move was. -#}
{%- set days = location_days() -%}

with

homes as (

    select
        *,
        lag(city) over (partition by user_id order by held_from) as old_city
    from {{ ref('fct_short_video__homes') }}

),

changes as (

    select
        user_id,
        old_city,
        city as new_city,
        held_from as flagged_on,
        confirmed_on as detected_on,
        is_by_days,
        is_by_profile,
        is_by_local_evidence
    from homes
    where old_city <> city
    {{ only_rebuilt('and', 'confirmed_on') }}

),

votes as (

    select
        changes.user_id,
        changes.detected_on,
        votes.signal_date,
        sum(case when votes.city = changes.old_city then votes.weight else 0 end) as old_weight,
        sum(case when votes.city = changes.new_city then votes.weight else 0 end) as new_weight
    from changes
    inner join {{
        recent(ref('fct_short_video__user_city_days'), days_before=days.held + days.confirming)
    }} as votes
        on
            changes.user_id = votes.user_id
            and votes.city in (changes.old_city, changes.new_city)
            and votes.signal_date between
            cast({{ dbt.dateadd('day', -days.held, 'changes.flagged_on') }} as date) and changes.detected_on
    group by
        changes.user_id,
        changes.detected_on,
        votes.signal_date

),

-- The best split of the evidence: most of the old city before the day, and of the new one from it on.
splits as (

    select
        user_id,
        detected_on,
        signal_date,
        new_weight,
        sum(old_weight) over (
            partition by user_id, detected_on order by signal_date rows between unbounded preceding and current row
        ) - old_weight + sum(new_weight) over (
            partition by user_id, detected_on order by signal_date rows between current row and unbounded following
        ) as explained_weight
    from votes

),

effective_days as (

    select
        user_id,
        detected_on,
        signal_date as effective_date
    from (
        select
            *,
            row_number() over (
                partition by user_id, detected_on order by explained_weight desc, signal_date asc
            ) as place
        from splits
        where new_weight > 0
    ) as ranked
    where place = 1

)

select
    changes.user_id,
    changes.old_city,
    changes.new_city,
    effective_days.effective_date,
    changes.flagged_on,
    changes.detected_on,
    changes.is_by_days,
    changes.is_by_profile,
    changes.is_by_local_evidence,
    {{ days_between('effective_days.effective_date', 'changes.detected_on') }} as days_to_detect,
    {{ move_kind('old_cities.country', 'new_cities.country') }} as move_kind,
    {{ gps_group('located.has_gps') }} as gps_group,
    coalesce(known_users.platform, 'unknown') as platform,
    coalesce(known_users.country, 'unknown') as country
from changes
inner join effective_days
    on
        changes.user_id = effective_days.user_id
        and changes.detected_on = effective_days.detected_on
inner join {{ recent(ref('fct_short_video__dominant_cities'), days_before=0) }} as located
    on
        changes.user_id = located.user_id
        and changes.detected_on = located.location_date
inner join {{ ref('dim_short_video__cities') }} as old_cities
    on changes.old_city = old_cities.city
inner join {{ ref('dim_short_video__cities') }} as new_cities
    on changes.new_city = new_cities.city
left join {{ ref('dim_short_video__users') }} as known_users
    on changes.user_id = known_users.user_id
{{ in_order_of('changes.detected_on') }}
