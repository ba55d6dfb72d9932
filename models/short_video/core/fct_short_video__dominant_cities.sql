{%- set days = location_days().dominant -%}
{%- set half_life = short_video_location_thresholds().half_life_days -%}

with

-- How much of its weight a vote has, by its age.
ages as (
    {% for age in range(days) %}
        select
            {{ age }} as age,
            {{ '%.17g' % (0.5 ** (age / half_life)) }}e0 as kept
        {{ 'union all' if not loop.last }}
    {%- endfor %}

),

-- A vote is laid on each day whose window it is in.
aged_votes as (

    select
        votes.user_id,
        votes.city,
        votes.source,
        votes.signal_date,
        cast({{ dbt.dateadd('day', 'ages.age', 'votes.signal_date') }} as date) as location_date,
        cast(round(votes.weight * ages.kept) as bigint) as weight
    from {{ recent(ref('fct_short_video__user_city_days'), days_before=days) }} as votes
    cross join ages

),

weights_of_cities as (

    select
        aged_votes.user_id,
        aged_votes.location_date,
        aged_votes.city,
        sum(aged_votes.weight) as weight,
        max(case when aged_votes.source = 'gps' then 1 else 0 end) as has_gps
    from aged_votes
    -- Evidence reaches beyond the last day that is there.
    inner join {{ ref('dim_short_video__dates') }} as dates
        on aged_votes.location_date = dates.date_day
    {{ only_rebuilt('where', 'aged_votes.location_date') }}
    group by
        aged_votes.user_id,
        aged_votes.location_date,
        aged_votes.city

),

ranked as (

    select
        *,
        sum(weight) over (partition by user_id, location_date) as all_weight,
        max(has_gps) over (partition by user_id, location_date) as any_gps,
        row_number() over (
            partition by user_id, location_date
            order by weight desc, case when city = 'unknown' then 1 else 0 end asc, city asc
        ) as place
    from weights_of_cities

)

select
    user_id,
    location_date,
    coalesce(max(case when place = 1 and weight > 0 then city end), 'unknown') as city,
    cast(max(case when place = 1 then weight end) as {{ engine_type('double') }}) / nullif(max(all_weight), 0)
        as confidence,
    max(case when place = 2 and weight > 0 then city end) as runner_up_city,
    coalesce(max(any_gps) = 1, false) as has_gps
from ranked
where place <= 2
group by
    user_id,
    location_date
{{ in_order_of('location_date') }}
