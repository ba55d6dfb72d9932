with

-- Each view by its place among those of its original.
views as (

    select
        views.content_id,
        views.created_date,
        {{ seconds_between('originals.created_at', 'views.viewed_at') }} / 3600e0 as hours_since_creation,
        row_number() over (partition by views.content_id order by views.viewed_at, views.view_id) as place,
        count(*) over (partition by views.content_id) as views_of_original
    from {{ ref('fct_short_video__content_views') }} as views
    inner join {{ ref('fct_short_video__originals') }} as originals
        on
            views.content_id = originals.content_id
            and views.created_date = originals.created_date
    where views.is_in_window

),

half_lives as (

    select
        amplification.content_type,
        amplification.sharing,
        views.hours_since_creation
    from views
    inner join {{ ref('fct_short_video__amplification') }} as amplification
        on
            views.content_id = amplification.content_id
            and views.created_date = amplification.created_date
    where
        -- The first view that makes it half of them.
        2 * views.place >= views.views_of_original
        and 2 * (views.place - 1) < views.views_of_original
        and {{ has_had_its_time('views.created_date') | indent(8) }}

)

select
    content_type,
    sharing,
    count(*) as originals,
    {{ percentile('hours_since_creation', 0.5) }} as median_hours,
    {{ percentile('hours_since_creation', 0.9) }} as p90_hours
from half_lives
group by
    content_type,
    sharing
