with

located_days as (

    select
        located.user_id,
        located.location_date,
        located.confidence,
        coalesce(known_users.platform, 'unknown') as platform,
        coalesce(known_users.country, 'unknown') as country
    from {{ recent(ref('fct_short_video__dominant_cities')) }} as located
    left join {{ ref('dim_short_video__users') }} as known_users
        on located.user_id = known_users.user_id

),

-- Who is active is told by sessions, and not by what location has seen of them.
active_days as (

    select
        active.user_id,
        active.activity_date,
        active.platform,
        active.country,
        located.user_id is not null as is_located,
        coalesce(located.city <> 'unknown', false) as is_known
    from {{ recent(ref('fct_short_video__user_days')) }} as active
    left join {{ recent(ref('fct_short_video__dominant_cities')) }} as located
        on
            active.user_id = located.user_id
            and active.activity_date = located.location_date
    where active.is_platform_active

),

of_located as (

    {{ metric_by_period(
        rows='located_days',
        day='location_date',
        dates=ref('dim_short_video__dates'),
        statistics={
            'value': {'numerator': 'count(*)', 'denominator': 'count(distinct location_date)'},
            'mean_confidence': {'numerator': 'sum(confidence)', 'denominator': 'count(confidence)'},
        },
        requires=[ref('fct_short_video__location_signals')],
    ) | trim | indent(4) }}

),

of_active as (

    {{ metric_by_period(
        rows='active_days',
        day='activity_date',
        dates=ref('dim_short_video__dates'),
        statistics={
            'coverage': {'numerator': 'count(case when is_located then 1 end)', 'denominator': 'count(*)'},
            'known_share': {'numerator': 'count(case when is_known then 1 end)', 'denominator': 'count(*)'},
        },
        requires=[ref('fct_short_video__location_signals')],
    ) | trim | indent(4) }}

)

select * from of_located
union all
select * from of_active
