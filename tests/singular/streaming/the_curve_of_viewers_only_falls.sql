-- Whoever is at a point has been at the one before: only plays may rise.
with

points as (

    select
        title_id,
        first_started_on,
        percent,
        starters,
        viewers,
        lag(viewers) over (partition by title_id, first_started_on order by percent) as viewers_before
    from {{ ref('fct_streaming__title_retention') }}

)

select *
from points
where
    viewers > coalesce(viewers_before, starters)
    or (percent = 0 and viewers <> starters)
