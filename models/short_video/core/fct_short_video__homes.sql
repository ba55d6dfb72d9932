{%- set thresholds = short_video_location_thresholds() -%}
{%- set days = location_days() -%}
{%- set flags = ['is_by_days', 'is_by_profile', 'is_by_local_evidence'] -%}

with

stays as (

    select
        user_id,
        city,
        held_from,
        is_first,
        lead(held_from) over (partition by user_id order by held_from) as next_held_from
    from {{ ref('fct_short_video__stays') }}

),

-- Each day on which a stay may be confirmed: the city is dominant, and no other has been held since.
checks as (

    select
        stays.user_id,
        stays.city,
        stays.held_from,
        tenures.location_date as checked_on,
        tenures.days_of_60
    from stays
    inner join {{ recent(ref('fct_short_video__city_tenures'), days_before=0) }} as tenures
        on
            stays.user_id = tenures.user_id
            and stays.city = tenures.city
            and tenures.location_date between
            stays.held_from and cast({{ dbt.dateadd('day', days.confirming, 'stays.held_from') }} as date)
    where
        not stays.is_first
        and (stays.next_held_from is null or tenures.location_date < stays.next_held_from)

),

local_days as (

    select distinct
        user_id,
        city,
        signal_date,
        source
    from {{ recent(ref('fct_short_video__user_city_days'), days_before=days.dominant) }}
    where source in ('search', 'business')

),

locally_active as (

    select
        checks.user_id,
        checks.held_from,
        checks.checked_on
    from checks
    inner join local_days
        on
            checks.user_id = local_days.user_id
            and checks.city = local_days.city
            and local_days.signal_date between
            cast({{ dbt.dateadd('day', 1 - days.dominant, 'checks.checked_on') }} as date) and checks.checked_on
    group by
        checks.user_id,
        checks.held_from,
        checks.checked_on
    having
        count(case when local_days.source = 'search' then 1 end) >= {{ thresholds.supporting_days }}
        and count(case when local_days.source = 'business' then 1 end) >= {{ thresholds.supporting_days }}

),

declared as (

    select
        checks.user_id,
        checks.held_from,
        checks.checked_on
    from checks
    inner join {{ recent(ref('fct_short_video__declared_cities'), days_before=days.confirming) }} as declarations
        on
            checks.user_id = declarations.user_id
            and checks.city = declarations.new_city
            and declarations.declared_via = 'profile'
            and declarations.declared_on between
            cast({{ dbt.dateadd('day', 1 - days.confirming, 'checks.checked_on') }} as date) and checks.checked_on
    group by
        checks.user_id,
        checks.held_from,
        checks.checked_on

),

confirmed as (

    select
        user_id,
        city,
        held_from,
        held_from as confirmed_on,
        is_first,
        {{ columns_of_each(flags, 'false as %s') }}
    from stays
    where is_first
    union all
    select
        checks.user_id,
        checks.city,
        checks.held_from,
        checks.checked_on as confirmed_on,
        false as is_first,
        checks.days_of_60 >= {{ thresholds.confirmed_days }} as is_by_days,
        declared.user_id is not null as is_by_profile,
        locally_active.user_id is not null as is_by_local_evidence
    from checks
    left join declared
        on
            checks.user_id = declared.user_id
            and checks.held_from = declared.held_from
            and checks.checked_on = declared.checked_on
    left join locally_active
        on
            checks.user_id = locally_active.user_id
            and checks.held_from = locally_active.held_from
            and checks.checked_on = locally_active.checked_on
    where
        checks.days_of_60 >= {{ thresholds.confirmed_days }}
        or declared.user_id is not null
        or locally_active.user_id is not null
    {{ union_known_firsts('confirmed_on', {
        'user_id': 'user_id', 'city': 'city', 'held_from': 'held_from', 'confirmed_on': 'confirmed_on',
        'is_first': 'is_first', 'is_by_days': 'is_by_days', 'is_by_profile': 'is_by_profile',
        'is_by_local_evidence': 'is_by_local_evidence',
    }) | indent(4) }}

)

select
    user_id,
    city,
    held_from,
    is_first,
    min(confirmed_on) as confirmed_on,
    {{ columns_of_each(flags, 'min_by(%s, confirmed_on) as %s') }}
from confirmed
group by
    user_id,
    city,
    held_from,
    is_first
{{ in_order_of('confirmed_on') }}
