{#- Windows over numbers of days, which both engines count back from. -#}
{%- set number = days_between("cast('2000-01-01' as date)", 'location_date') | trim -%}
{%- set held = location_days().held -%}

with

tenures as (

    select
        user_id,
        location_date,
        city,
        count(*) over (
            partition by user_id, city
            order by {{ number }} range between 29 preceding and current row
        ) as days_of_30,
        count(*) over (
            partition by user_id, city
            order by {{ number }} range between {{ held - 1 }} preceding and current row
        ) as days_of_60,
        lag(city) over (partition by user_id order by location_date) as city_before,
        lag(location_date) over (partition by user_id order by location_date) as date_before
    from {{ recent(ref('fct_short_video__dominant_cities'), days_before=held) }}
    where city <> 'unknown'

)

select
    user_id,
    location_date,
    city,
    days_of_30,
    days_of_60,
    -- After a month in which nothing was known nobody has switched from one day to the next.
    coalesce(
        city <> city_before and {{ days_between('date_before', 'location_date') }} <= {{ location_days().dominant }},
        false
    ) as has_switched,
    days_of_30 >= {{ short_video_location_thresholds().candidate_days }} as is_held
from tenures
{{ only_rebuilt('where', 'location_date') }}
{{ in_order_of('location_date') }}
