{%- set double, integer = engine_type('double'), engine_type('integer') -%}
{%- set surface = ['content_id', 'created_date', 'content_type', 'share_platform', 'depth_band'] -%}

with

-- A share that nobody sees is a share all the same.
happenings as (

    select
        {{ surface | join(',\n        ') }},
        shared_instance_id,
        1 as shares,
        0 as views,
        0 as engagements
    from {{ recent(ref('fct_short_video__share_instances')) }}
    union all
    select
        {{ surface | join(',\n        ') }},
        shared_instance_id,
        0 as shares,
        1 as views,
        0 as engagements
    from {{ recent(ref('fct_short_video__content_views')) }}
    where is_in_window
    union all
    select
        {{ surface | join(',\n        ') }},
        shared_instance_id,
        0 as shares,
        0 as views,
        1 as engagements
    from {{ recent(ref('fct_short_video__content_engagements')) }}
    where is_in_window

),

instances as (

    select
        {{ surface | join(',\n        ') }},
        shared_instance_id,
        sum(shares) as shares,
        sum(views) as views,
        sum(engagements) as engagements
    from happenings
    group by
        {{ surface | join(',\n        ') }},
        shared_instance_id

),

surfaces as (

    select
        {{ surface | join(',\n        ') }},
        cast(sum(shares) as {{ integer }}) as shares,
        cast(sum(views) as {{ integer }}) as views,
        cast(sum(engagements) as {{ integer }}) as engagements,
        count(case when views > 0 then 1 end) as viewed_instances,
        coalesce(sum(cast(engagements as {{ double }}) / nullif(views, 0)), 0) as instance_rates
    from instances
    group by {{ surface | join(', ') }}

),

-- The original's own rate, on which a share of it can be expected to be liked.
with_own_rate as (

    select
        *,
        cast(
            sum(case when depth_band = 'original' then engagements end) over (partition by content_id) as {{ double }}
        )
        / nullif(sum(case when depth_band = 'original' then views end) over (partition by content_id), 0) as direct_rate
    from surfaces

)

select
    {{ surface | join(',\n    ') }},
    shares,
    views,
    engagements,
    case when depth_band = 'original' then views else 0 end as direct_views,
    case when depth_band = 'original' then engagements else 0 end as direct_engagements,
    case when depth_band <> 'original' then views else 0 end as shared_views,
    case when depth_band <> 'original' then engagements else 0 end as shared_engagements,
    case when depth_band <> 'original' then viewed_instances else 0 end as viewed_shares,
    case when depth_band <> 'original' then instance_rates else 0 end as rates_of_shares,
    -- Both null where nobody saw the original itself, so that nothing is expected.
    case when depth_band <> 'original' and direct_rate is not null then engagements end as matched_engagements,
    case when depth_band <> 'original' then views * direct_rate end as expected_engagements
from with_own_rate
{{ in_order_of('created_date') }}
