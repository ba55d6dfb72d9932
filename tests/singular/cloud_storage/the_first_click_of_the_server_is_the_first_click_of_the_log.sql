-- Adoption believes the server, everything else the clicks. Aside are users whose first click is older than their
-- first list in the log, or than the log itself.
with

first_clicks as (

    select
        user_id,
        min(clicked_at) as clicked_at
    from {{ ref('fct_cloud_storage__clicks') }}
    group by user_id

)

select
    known_users.user_id,
    known_users.first_click_at,
    first_clicks.clicked_at
from {{ ref('dim_cloud_storage__users') }} as known_users
inner join first_clicks
    on known_users.user_id = first_clicks.user_id
where
    known_users.first_click_at >= known_users.first_impression_at
    and known_users.first_click_at <> first_clicks.clicked_at
