{%- set integer = engine_type('integer') -%}

with

happenings as (

    select
        content_id,
        user_id,
        created_date,
        content_type,
        shared_instance_id,
        1 as views,
        0 as engagements,
        case when is_click then 1 else 0 end as clicks,
        case when is_native_click then 1 else 0 end as native_clicks
    from {{ recent(ref('fct_short_video__content_views')) }}
    where is_in_window
    union all
    select
        content_id,
        user_id,
        created_date,
        content_type,
        shared_instance_id,
        0 as views,
        1 as engagements,
        0 as clicks,
        0 as native_clicks
    from {{ recent(ref('fct_short_video__content_engagements')) }}
    where is_in_window

)

select
    content_id,
    user_id,
    created_date,
    content_type,
    cast(sum(case when shared_instance_id is null then views else 0 end) as {{ integer }}) as direct_views,
    cast(sum(case when shared_instance_id is not null then views else 0 end) as {{ integer }}) as shared_views,
    cast(sum(case when shared_instance_id is null then engagements else 0 end) as {{ integer }}) as direct_engagements,
    cast(sum(case when shared_instance_id is not null then engagements else 0 end) as {{ integer }})
        as shared_engagements,
    cast(sum(clicks) as {{ integer }}) as clicks,
    cast(sum(native_clicks) as {{ integer }}) as native_clicks,
    count(case when shared_instance_id is null then 1 end) > 0 as is_reached_directly,
    count(shared_instance_id) > 0 as is_reached_by_shares,
    count(distinct coalesce(shared_instance_id, 'original')) as surfaces_seen
from happenings
group by
    content_id,
    user_id,
    created_date,
    content_type
{{ in_order_of('created_date') }}
