with

opens as (

    select
        user_id,
        file_id,
        acted_at as opened_at
    from {{ recent(ref('fct_cloud_storage__user_actions'), days_before=0) }}
    where action = 'open'
    {{ union_known_firsts('first_opened_at', {
        'user_id': 'user_id',
        'file_id': 'file_id',
        'opened_at': 'first_opened_at',
    }) | indent(4) }}

)

select
    user_id,
    file_id,
    min(opened_at) as first_opened_at
from opens
group by
    user_id,
    file_id
{{ in_order_of('first_opened_at') }}
