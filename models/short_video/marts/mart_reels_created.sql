with

platforms as (

    select distinct platform
    from {{ ref('dim_short_video__users') }}

),

-- A day without a reel counts, too, so each platform has a row for every day.
days_of_platforms as (

    select
        dates.date_day,
        platforms.platform
    from {{ ref('dim_short_video__dates') }} as dates
    cross join platforms

),

reels_and_flows as (

    select
        date_day as activity_date,
        platform,
        cast(null as {{ engine_type('string') }}) as creator_id,
        0 as reels,
        0 as flows,
        0 as flows_with_tools,
        0 as flows_with_draft,
        0 as flows_published
    from days_of_platforms
    union all
    select
        published_date as activity_date,
        platform,
        user_id as creator_id,
        1 as reels,
        0 as flows,
        0 as flows_with_tools,
        0 as flows_with_draft,
        0 as flows_published
    from {{ recent(ref('fct_short_video__reels')) }}
    union all
    select
        flow_date as activity_date,
        platform,
        cast(null as {{ engine_type('string') }}) as creator_id,
        0 as reels,
        1 as flows,
        case when tools_used > 0 then 1 else 0 end as flows_with_tools,
        case when drafts_saved > 0 then 1 else 0 end as flows_with_draft,
        case when publications > 0 then 1 else 0 end as flows_published
    from {{ recent(ref('fct_short_video__creation_flows')) }}

)

{{ metric_by_period(
    rows='reels_and_flows',
    day='activity_date',
    dates=ref('dim_short_video__dates'),
    statistics={
        'value': {'numerator': 'sum(reels)', 'denominator': 'count(distinct activity_date)'},
        'per_creator': {'numerator': 'sum(reels)', 'denominator': 'count(distinct creator_id)'},
        'flows_with_tools': {'numerator': 'sum(flows_with_tools)', 'denominator': 'sum(flows)'},
        'flows_with_draft': {'numerator': 'sum(flows_with_draft)', 'denominator': 'sum(flows)'},
        'flows_published': {'numerator': 'sum(flows_published)', 'denominator': 'sum(flows)'},
    },
    requires=[ref('fct_short_video__reels')],
) }}
