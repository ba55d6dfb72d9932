-- By what was opened before the exposure, so that the variant cannot move a file into or out of the set.
select
    opens.user_id,
    opens.file_id,
    cast(known_users.exposed_at as date) as exposed_date,
    count(distinct cast(opens.event_at as date)) as days_opened
from {{ recent(ref('stg_cloud_storage__file_opened'), days_before=28) }} as opens
inner join {{ recent(ref('dim_cloud_storage__users'), 'exposed_at', days_before=0) }} as known_users
    on opens.user_id = known_users.user_id
where
    opens.event_at < known_users.exposed_at
    and opens.event_at >= {{ dbt.dateadd('day', -28, 'known_users.exposed_at') }}
group by
    opens.user_id,
    opens.file_id,
    cast(known_users.exposed_at as date)
having count(distinct cast(opens.event_at as date)) >= 2
{{ in_order_of('exposed_date') }}
