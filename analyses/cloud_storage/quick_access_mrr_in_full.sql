-- question: 4.1.1 Quick Access ML suggestions
-- goal: The files that Quick Access suggests are the ones that users need now.
-- metric: quick_access_mrr, mean of 1 / rank over clicks, and over impressions, by their first click if no newer
--         impression came before it, else 0 (all_impressions)
-- trap: the mean over clicks leaves out the lists that missed, so a model that is right once in a hundred scores 1
-- note: a click counts on the day on which its list was shown
-- grain: week
with

impressions as (

    select
        impression_id,
        user_id,
        event_at as shown_at,
        lead(event_at) over (partition by user_id order by event_at, event_id) as replaced_at
    from {{ ref('stg_cloud_storage__quick_access_impression') }}

),

clicks as (

    select
        impression_id,
        user_id,
        event_at as clicked_at,
        cast(1 as double) / rank_of_clicked_file as reciprocal_rank,
        row_number() over (partition by user_id, impression_id order by event_at, event_id) as attempt
    from {{ ref('stg_cloud_storage__quick_access_click') }}

)

select
    cast(date_trunc('week', impressions.shown_at) as date) as period_start,
    avg(clicks.reciprocal_rank) as value,
    sum(
        case
            when clicks.clicked_at >= impressions.replaced_at then 0
            when clicks.attempt = 1 then clicks.reciprocal_rank
            else 0
        end
    ) / count(distinct impressions.impression_id) as all_impressions
from impressions
left join clicks
    on
        impressions.impression_id = clicks.impression_id
        and impressions.user_id = clicks.user_id
group by cast(date_trunc('week', impressions.shown_at) as date)
order by period_start
