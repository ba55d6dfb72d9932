with

suggestions as (

    select
        event_at,
        {{ list_elements('suggested_file_ids_list_ordered') }} as file_id
    from {{ recent(ref('stg_cloud_storage__quick_access_impression'), days_before=0) }}

),

sightings as (

    select
        file_id,
        event_at as seen_at
    from suggestions
    where file_id is not null
    union all
    select
        file_id,
        acted_at as seen_at
    from {{ recent(ref('fct_cloud_storage__user_actions'), days_before=0) }}
    where file_id is not null
    {{ union_known_firsts('first_seen_at', {
        'file_id': 'file_id',
        'seen_at': 'first_seen_at',
    }) | indent(4) }}

),

files as (

    select
        file_id,
        min(seen_at) as first_seen_at
    from sightings
    group by file_id

),

file_users as (

    select
        file_id,
        user_id,
        first_opened_at,
        min(first_opened_at) over (partition by file_id) as opened_by_owner_at
    from {{ ref('fct_cloud_storage__file_users') }}

),

opened_files as (

    select
        file_id,
        min(first_opened_at) as first_opened_at,
        -- Of two in the same second the one whose id comes first, so that each build says the same.
        min(case when first_opened_at = opened_by_owner_at then user_id end) as owner_user_id,
        count(*) as users
    from file_users
    group by file_id

)

select
    files.file_id,
    files.first_seen_at,
    opened_files.first_opened_at,
    opened_files.owner_user_id,
    coalesce(opened_files.users, 0) as users,
    coalesce(opened_files.users > 1, false) as is_shared
from files
left join opened_files
    on files.file_id = opened_files.file_id
