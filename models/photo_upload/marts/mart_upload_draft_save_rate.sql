with

flows as (

    select
        *,
        reached_caption_opened is not null as is_at_caption
    from {{ ref('fct_photo_upload__flows') }}

),

comebacks as (

    select
        user_id,
        continued_draft_id as draft_id,
        min(started_at) as returned_at
    from {{ ref('fct_photo_upload__flows') }}
    where continued_draft_id is not null
    group by
        user_id,
        continued_draft_id

),

drafts as (

    select
        flows.flow_date,
        flows.platform,
        flows.source,
        coalesce(comebacks.returned_at < {{ dbt.dateadd('day', 7, 'flows.started_at') }}, false) as has_come_back,
        coalesce(dates.is_complete_day, false) as is_time_over
    from flows
    left join comebacks
        on
            flows.user_id = comebacks.user_id
            and flows.saved_draft_id = comebacks.draft_id
            and flows.started_at < comebacks.returned_at
    left join {{ ref('dim_photo_upload__dates') }} as dates
        on dates.date_day = cast({{ dbt.dateadd('day', 7, 'flows.started_at') }} as date)
    where flows.saved_draft_id is not null

)

{%- set requires = [ref('fct_photo_upload__flows') ~ ' where draft_saved_events > 0'] %}

select * from (
    {{ metric_by_period(
        rows='flows',
        day='flow_date',
        dates=ref('dim_photo_upload__dates'),
        statistics={
            'value': {
                'numerator': 'sum(draft_saved_events)',
                'denominator': 'sum(caption_opened_events)',
            },
            'flows_saving': {
                'numerator': 'count(case when is_at_caption and draft_saved_events > 0 then 1 end)',
                'denominator': 'count(case when is_at_caption then 1 end)',
            },
        },
        requires=requires,
    ) | trim | indent(4) }}
) as saves
union all
-- Of a draft of yesterday nobody knows yet whether it comes back.
select * from (
    {{ metric_by_period(
        rows='drafts',
        day='flow_date',
        dates=ref('dim_photo_upload__dates'),
        statistics={
            'came_back': {
                'numerator': 'count(case when is_time_over and has_come_back then 1 end)',
                'denominator': 'count(case when is_time_over then 1 end)',
            },
        },
        requires=requires,
        ripe_days=7,
    ) | trim | indent(4) }}
) as returned_drafts
