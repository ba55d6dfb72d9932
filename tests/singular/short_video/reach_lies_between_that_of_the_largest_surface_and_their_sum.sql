-- Of each original, from what was seen and done on each surface; and of the sums in every period and slice.
with

happenings as (

    select
        content_id,
        created_date,
        user_id,
        coalesce(shared_instance_id, 'original') as surface
    from {{ ref('fct_short_video__content_views') }}
    where is_in_window
    union all
    select
        content_id,
        created_date,
        user_id,
        coalesce(shared_instance_id, 'original') as surface
    from {{ ref('fct_short_video__content_engagements') }}
    where is_in_window

),

surfaces as (

    select
        content_id,
        created_date,
        surface,
        count(distinct user_id) as people
    from happenings
    group by
        content_id,
        created_date,
        surface

),

originals as (

    select
        content_id,
        created_date,
        max(people) as largest,
        sum(people) as summed
    from surfaces
    group by
        content_id,
        created_date

),

reaches as (

    select
        period_grain,
        period_start,
        dimension,
        member,
        max(case when statistic = 'value' then numerator end) as reach,
        max(case when statistic = 'on_original' then numerator end) as on_original,
        max(case when statistic = 'on_shares' then numerator end) as on_shares,
        max(case when statistic = 'on_both' then numerator end) as on_both,
        max(case when statistic = 'summed_over_surfaces' then numerator end) as summed
    from {{ ref('mart_total_reach_oc') }}
    group by
        period_grain,
        period_start,
        dimension,
        member

)

select
    'original ' || originals.content_id as reached_by,
    cast(amplification.created_date as {{ engine_type('string') }}) as period_start,
    amplification.reach
from {{ ref('fct_short_video__amplification') }} as amplification
inner join originals
    on
        amplification.content_id = originals.content_id
        and amplification.created_date = originals.created_date
where
    amplification.reach < originals.largest
    or amplification.reach > originals.summed
    or amplification.reach_summed <> originals.summed
union all
select
    period_grain || ' ' || dimension || ' ' || member as reached_by,
    cast(period_start as {{ engine_type('string') }}) as period_start,
    reach
from reaches
where
    reach <> on_original + on_shares - on_both
    or reach < greatest(on_original, on_shares)
    or reach > summed
