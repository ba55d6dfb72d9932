-- A title that is played on a day on which the catalogue does not offer it: one of both is wrong.
{{ config(severity='warn') }}

select
    title_id,
    date_day,
    views
from {{ ref('fct_streaming__title_days') }}
where
    views > 0
    and not is_on_offer
