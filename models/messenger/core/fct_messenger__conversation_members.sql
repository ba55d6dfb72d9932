with

invitations as (

    select
        conversation_id,
        user_id as creator_id,
        event_at as joined_at,
        {{ list_elements('participant_user_ids_list') }} as user_id
    from {{ recent(ref('stg_messenger__conversation_created'), days_before=0) }}

),

appearances as (

    select
        conversation_id,
        user_id,
        created_at as joined_at,
        'created' as joined_by
    from {{ recent(ref('fct_messenger__conversations_created'), days_before=0) }}
    union all
    select
        conversation_id,
        user_id,
        joined_at,
        'invited' as joined_by
    from invitations
    where user_id <> creator_id
    union all
    select
        conversation_id,
        user_id,
        min(sent_at) as joined_at,
        'sent' as joined_by
    from {{ recent(ref('fct_messenger__messages'), days_before=0) }}
    group by
        conversation_id,
        user_id
    union all
    select
        conversation_id,
        user_id,
        min(reached_at) as joined_at,
        'received' as joined_by
    from {{ recent(ref('fct_messenger__message_receipts'), days_before=0) }}
    group by
        conversation_id,
        user_id
    {{ union_known_firsts('joined_at', {
        'conversation_id': 'conversation_id', 'user_id': 'user_id', 'joined_at': 'joined_at', 'joined_by': 'joined_by',
    }) | indent(4) }}

),

ranked as (

    select
        *,
        -- At one moment the alphabet decides: created comes before invited, and these before a message.
        row_number() over (partition by conversation_id, user_id order by joined_at, joined_by) as place
    from appearances

)

select
    conversation_id,
    user_id,
    joined_at,
    joined_by,
    cast(joined_at as date) as joined_date
from ranked
where place = 1
{{ in_order_of('joined_date') }}
