{%- set judged = location_days().judged -%}

with

changes as (

    select
        changes.*,
        cast({{ dbt.dateadd('day', judged, 'changes.detected_on') }} as date) as judged_on
    from {{ recent(ref('fct_short_video__location_changes'), days_before=0) }} as changes

),

returns as (

    select
        changes.user_id,
        changes.detected_on,
        min(stays.held_from) as returned_on
    from changes
    inner join {{ ref('fct_short_video__stays') }} as stays
        on
            changes.user_id = stays.user_id
            and changes.old_city = stays.city
            and changes.detected_on < stays.held_from
            and changes.judged_on >= stays.held_from
    group by
        changes.user_id,
        changes.detected_on

),

declarations as (

    select
        changes.user_id,
        changes.detected_on,
        max(case when declared.declared_via = 'profile' and declared.new_city = changes.new_city then 1 else 0 end)
            as follows,
        max(case when declared.declared_via = 'survey' and declared.new_city = changes.new_city then 1 else 0 end)
            as agrees,
        max(case when declared.declared_via = 'survey' and declared.new_city <> changes.new_city then 1 else 0 end)
            as contradicts
    from changes
    inner join {{ recent(ref('fct_short_video__declared_cities'), days_before=0) }} as declared
        on
            changes.user_id = declared.user_id
            and changes.detected_on < declared.declared_on
            and changes.judged_on >= declared.declared_on
    group by
        changes.user_id,
        changes.detected_on

)

select
    changes.user_id,
    changes.detected_on,
    changes.old_city,
    changes.new_city,
    changes.move_kind,
    changes.gps_group,
    changes.is_by_profile,
    changes.judged_on,
    returns.returned_on,
    coalesce(declarations.follows = 1, false) as is_followed_by_profile,
    case when declarations.contradicts = 1 then 'travel' when declarations.agrees = 1 then 'move' end as survey_says,
    returns.returned_on is not null or coalesce(declarations.contradicts = 1, false) as is_false
from changes
left join returns
    on
        changes.user_id = returns.user_id
        and changes.detected_on = returns.detected_on
left join declarations
    on
        changes.user_id = declarations.user_id
        and changes.detected_on = declarations.detected_on
{{ in_order_of('changes.detected_on') }}
