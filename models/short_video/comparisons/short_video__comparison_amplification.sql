{%- set double = engine_type('double') -%}

with

surfaces as (

    select
        content_type,
        depth_band,
        sum(shares) as shares,
        sum(views) as views,
        sum(engagements) as engagements
    from {{ ref('fct_short_video__content_surfaces') }}
    where {{ has_had_its_time('created_date') | indent(4) }}
    group by
        content_type,
        depth_band

),

-- A share is made on the surface one step nearer to the original.
shares_made as (

    select
        content_type,
        case when share_depth = 1 then 'original' else {{ depth_band('share_depth - 1') | indent(8) }} end
            as depth_band,
        count(*) as shares_made
    from {{ ref('fct_short_video__share_instances') }}
    where {{ has_had_its_time('created_date') | indent(4) }}
    group by
        content_type,
        case when share_depth = 1 then 'original' else {{ depth_band('share_depth - 1') | indent(8) }} end

)

select
    surfaces.content_type,
    surfaces.depth_band,
    cast(surfaces.shares as {{ engine_type('integer') }}) as shares,
    cast(surfaces.views as {{ engine_type('integer') }}) as views,
    cast(surfaces.engagements as {{ engine_type('integer') }}) as engagements,
    coalesce(shares_made.shares_made, 0) as shares_made,
    cast(surfaces.views as {{ double }}) / nullif(surfaces.shares, 0) as views_per_share,
    cast(surfaces.engagements as {{ double }}) / nullif(surfaces.views, 0) as engagement_rate,
    cast(coalesce(shares_made.shares_made, 0) as {{ double }}) / nullif(surfaces.views, 0) as share_rate,
    cast(coalesce(shares_made.shares_made, 0) as {{ double }}) / nullif(surfaces.shares, 0) as reproduction
from surfaces
left join shares_made
    on
        surfaces.content_type = shares_made.content_type
        and surfaces.depth_band = shares_made.depth_band
