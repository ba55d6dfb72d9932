with

lists as (

    select
        impression_id,
        user_id,
        model_version,
        event_at as shown_at,
        -- From then on the user had a newer list.
        lead(event_at) over (partition by user_id order by event_at, event_id) as replaced_at
    from {{ recent(ref('stg_cloud_storage__quick_access_impression')) }}

),

clicks as (

    select
        clicks.event_id as click_id,
        clicks.impression_id,
        clicks.user_id,
        clicks.session_id,
        clicks.clicked_file_id as file_id,
        clicks.rank_of_clicked_file,
        clicks.event_at as clicked_at,
        clicks.received_at,
        lists.model_version,
        lists.shown_at,
        clicks.platform,
        coalesce(clicks.country, 'unknown') as country,
        coalesce(clicks.event_at >= lists.replaced_at, false) as is_stale
    from {{ recent(ref('stg_cloud_storage__quick_access_click')) }} as clicks
    inner join lists
        on
            clicks.impression_id = lists.impression_id
            and clicks.user_id = lists.user_id
            and {{ happened_near('clicks.event_at', 'lists.shown_at') | indent(12) }}

),

opens_after_clicks as (

    select
        clicks.click_id,
        min(opens.event_at) as opened_at
    from clicks
    inner join {{ recent(ref('stg_cloud_storage__file_opened')) }} as opens
        on
            clicks.user_id = opens.user_id
            and clicks.session_id = opens.session_id
            and clicks.file_id = opens.file_id
            and clicks.clicked_at <= opens.event_at
    where
        opens.open_method = 'quick_access'
        -- Who waits longer than five minutes for a file has opened it for another reason.
        and {{ seconds_between('clicks.clicked_at', 'opens.event_at') }} <= 300
    group by clicks.click_id

)

select
    clicks.click_id,
    clicks.impression_id,
    clicks.user_id,
    clicks.session_id,
    clicks.file_id,
    clicks.rank_of_clicked_file,
    clicks.clicked_at,
    clicks.received_at,
    clicks.model_version,
    clicks.platform,
    clicks.country,
    clicks.is_stale,
    opens_after_clicks.opened_at,
    cast(clicks.clicked_at as date) as click_date,
    -- Ranked among the fresh clicks of a list: only the first says which suggestion was right.
    not clicks.is_stale and row_number() over (
        partition by clicks.impression_id, clicks.shown_at, clicks.is_stale order by clicks.clicked_at, clicks.click_id
    ) = 1 as is_first_fresh_click,
    opens_after_clicks.opened_at is not null as is_followed_by_open
from clicks
left join opens_after_clicks
    on clicks.click_id = opens_after_clicks.click_id
{{ in_order_of('click_date') }}
