{#- The four weeks before the launch in a country, and four weeks that begin when most have tried what is new. -#}
with

days_around as (

    select
        days.*,
        cast({{ dbt.dateadd('day', 56, 'launches.launch_week') }} as date) as compared_on,
        {{ days_between('launches.launch_week', 'days.activity_date') }} as days_since_launch
    from {{ ref('fct_short_video__user_feature_days') }} as days
    inner join {{ ref('fct_short_video__launches') }} as launches
        on days.country = launches.country
    where days.feature_name in ({{ sql_texts(short_video_list('short_video_critical_features')) }})

)

select
    user_id,
    platform,
    country,
    feature_name,
    compared_on,
    cast(sum(engagements) as bigint) as engagements,
    cast(sum(views) as bigint) as views,
    case when days_since_launch < 0 then 'before' else 'after' end as phase
from days_around
where
    days_since_launch between -28 and -1
    or days_since_launch between 28 and 55
group by
    user_id,
    platform,
    country,
    feature_name,
    compared_on,
    case when days_since_launch < 0 then 'before' else 'after' end
{{ in_order_of('compared_on') }}
