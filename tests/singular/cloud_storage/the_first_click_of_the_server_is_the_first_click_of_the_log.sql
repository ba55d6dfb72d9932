-- Adoption believes the server, everything else the clicks. Aside are users whose first click is older than their
-- first list in the log, or than the log itself.
select
    user_id,
    first_click_at,
    first_click_in_log_at
from {{ ref('dim_cloud_storage__users') }}
where
    first_click_at >= first_impression_at
    and first_click_at <> first_click_in_log_at
