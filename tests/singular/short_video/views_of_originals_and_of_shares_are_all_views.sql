-- In every period and content type: no view is of both, and none of neither. All views are counted for each original
-- from its people, views of shares by surface.
with

parts as (

    select
        period_grain,
        period_start,
        dimension,
        member,
        sum(case when metric_id = 'direct_engagement_rate_oc' and statistic = 'value' then denominator else 0 end)
            as direct_views,
        sum(case when metric_id = 'engagement_rate_sc' then denominator else 0 end) as shared_views,
        sum(case when statistic = 'on_any_surface' then denominator else 0 end) as all_views,
        sum(case when metric_id = 'direct_engagement_rate_oc' and statistic = 'value' then numerator else 0 end)
            as direct_engagements,
        sum(case when metric_id = 'engagement_rate_sc' then numerator else 0 end) as shared_engagements,
        sum(case when statistic = 'on_any_surface' then numerator else 0 end) as all_engagements
    from {{ ref('short_video__metric_values') }}
    where
        metric_id in ('direct_engagement_rate_oc', 'engagement_rate_sc')
        and statistic in ('value', 'on_any_surface')
        and dimension in ('all', 'content_type')
    group by
        period_grain,
        period_start,
        dimension,
        member

)

select *
from parts
where
    direct_views + shared_views <> all_views
    or direct_engagements + shared_engagements <> all_engagements
