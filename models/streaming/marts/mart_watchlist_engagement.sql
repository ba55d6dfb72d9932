{%- set days = streaming_thresholds().watchlist_days -%}
{%- set is_judged = 'is_time_over and not was_watched_before' %}

with

additions as (

    select
        items.*,
        coalesce(dates.is_complete_day, false) as is_time_over
    from {{ ref('fct_streaming__watchlist_items') }} as items
    left join {{ ref('dim_streaming__dates') }} as dates
        on dates.date_day = cast({{ dbt.dateadd('day', days, 'items.added_at') }} as date)

),

-- The question sets views from the list beside additions of the same days, whichever title they are of.
list_events as (

    select
        added_on as list_date,
        kind,
        platform,
        addition_id,
        cast(null as {{ engine_type('string') }}) as viewed
    from additions
    union all
    select
        playback_date as list_date,
        kind,
        platform,
        cast(null as {{ engine_type('string') }}) as addition_id,
        user_id || ' ' || title_id as viewed
    from {{ ref('fct_streaming__playbacks') }}
    where
        source = 'watchlist'
        and is_view

)

{%- set requires = [ref('fct_streaming__watchlist_items')] %}

select * from (
    {{ metric_by_period(
        rows='list_events',
        day='list_date',
        dates=ref('dim_streaming__dates'),
        statistics={
            'value': {
                'numerator': 'count(distinct viewed)',
                'denominator': 'count(addition_id)',
            },
        },
        requires=requires,
    ) | trim | indent(4) }}
) as same_days
union all
-- What was put on a list yesterday has not been left lying there.
select * from (
    {{ metric_by_period(
        rows='additions',
        day='added_on',
        dates=ref('dim_streaming__dates'),
        statistics={
            'converted': {
                'numerator': 'count(case when ' ~ is_judged ~ ' and is_watched_in_time then 1 end)',
                'denominator': 'count(case when ' ~ is_judged ~ ' then 1 end)',
            },
            'watched_before': {
                'numerator': 'count(case when was_watched_before then 1 end)',
                'denominator': 'count(*)',
            },
        },
        requires=requires,
        ripe_days=days,
    ) | trim | indent(4) }}
) as ripe_additions
