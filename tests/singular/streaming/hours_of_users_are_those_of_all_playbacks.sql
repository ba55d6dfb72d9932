-- Nothing is watched twice and nothing is lost, however midnight cuts it and whichever session it belongs to.
with

sums as (

    select
        (select sum(watched_hours) from {{ ref('fct_streaming__user_days') }}) as hours_of_users,
        (select sum(watched_ms) from {{ ref('fct_streaming__playbacks') }}) / 3600000e0 as hours_of_playbacks,
        (select sum(watched_ms) from {{ ref('fct_streaming__title_days') }}) / 3600000e0 as hours_of_titles,
        (
            select sum(watched_ms)
            from {{ ref('fct_streaming__playbacks') }} as playbacks
            where
                exists (
                    select 1
                    from {{ ref('dim_streaming__titles') }} as titles
                    where titles.title_id = playbacks.title_id
                )
        ) / 3600000e0 as hours_of_known_titles

)

select *
from sums
where
    abs(hours_of_users - hours_of_playbacks) > 1e-6 * (1 + hours_of_playbacks)
    or abs(hours_of_titles - hours_of_known_titles) > 1e-6 * (1 + hours_of_known_titles)
