{%- set double, integer = engine_type('double'), engine_type('integer') -%}
{%- set counts = [
    'views', 'direct_views', 'shared_views', 'direct_engagements', 'shared_engagements', 'direct_engagers',
    'share_only_engagers', 'reach', 'reach_on_original', 'reach_on_shares', 'reach_on_both', 'reach_summed',
] -%}

with

shares as (

    select
        content_id,
        created_date,
        count(*) as shares,
        max(share_depth) as deepest_share
    from {{ recent(ref('fct_short_video__share_instances')) }}
    group by
        content_id,
        created_date

),

-- Each person once, whatever the surfaces.
audience as (

    select
        content_id,
        created_date,
        sum(direct_views + shared_views) as views,
        sum(direct_views) as direct_views,
        sum(shared_views) as shared_views,
        sum(direct_engagements) as direct_engagements,
        sum(shared_engagements) as shared_engagements,
        count(case when direct_engagements > 0 then 1 end) as direct_engagers,
        count(case when shared_engagements > 0 and direct_engagements = 0 then 1 end) as share_only_engagers,
        count(*) as reach,
        count(case when is_reached_directly then 1 end) as reach_on_original,
        count(case when is_reached_by_shares then 1 end) as reach_on_shares,
        count(case when is_reached_directly and is_reached_by_shares then 1 end) as reach_on_both,
        sum(surfaces_seen) as reach_summed
    from {{ recent(ref('fct_short_video__content_audience')) }}
    group by
        content_id,
        created_date

)

select
    originals.content_id,
    originals.user_id,
    originals.created_date,
    originals.content_type,
    originals.platform,
    originals.country,
    coalesce(shares.shares, 0) as shares,
    coalesce(shares.deepest_share, 0) as deepest_share,
    {{ columns_of_each(counts, 'cast(coalesce(audience.%s, 0) as ' ~ integer ~ ') as %s') }},
    cast(audience.shared_engagements as {{ double }}) / nullif(audience.direct_engagements, 0) as lift,
    case when shares.shares > 0 then 'shared' else 'not shared' end as sharing,
    coalesce(audience.shared_views >= {{ short_video_thresholds().successful_views }}, false) as is_successfully_shared
from {{ recent(ref('fct_short_video__originals')) }} as originals
left join shares
    on
        originals.content_id = shares.content_id
        and originals.created_date = shares.created_date
left join audience
    on
        originals.content_id = audience.content_id
        and originals.created_date = audience.created_date
{{ in_order_of('originals.created_date') }}
