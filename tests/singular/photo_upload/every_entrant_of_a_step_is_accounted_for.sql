-- Whoever gets to a step goes on, is done, fails, leaves or is still there: in every period and slice. And the flows
-- that the funnel's own macro counts by step are those of the mart.
with

accounted as (

    select
        period_grain,
        period_start,
        dimension,
        member,
        max(denominator) as entrants,
        sum(numerator) as accounted_for
    from {{ ref('mart_upload_abandonment_rate') }}
    where statistic in ('abandoned', 'failed', 'pending', 'completed', 'went_on')
    group by
        period_grain,
        period_start,
        dimension,
        member

),

funnel_flows as (

    select
        *,
        case outcome when 'abandoned' then 'left' else outcome end as funnel_outcome
    from {{ ref('fct_photo_upload__flows') }}

),

flows as (

    select
        reached_initiated,
        reached_media_selected,
        reached_edit_opened,
        reached_caption_opened,
        reached_transfer_started,
        reached_uploaded,
        last_step,
        funnel_outcome as outcome
    from funnel_flows

),

funnel as (

    {{ funnel_steps('flows', upload_steps()) | trim | indent(4) }}

),

steps as (

    select
        member as step,
        sum(denominator) as entrants,
        sum(case when statistic = 'went_on' then numerator end) as went_on,
        sum(case when statistic = 'failed' then numerator end) as failed,
        sum(case when statistic = 'abandoned' then numerator end) as quit
    from {{ ref('mart_upload_abandonment_rate') }}
    where
        period_grain = 'day'
        and dimension = 'step'
        and statistic in ('went_on', 'failed', 'abandoned')
    group by member

)

select
    period_grain || ' ' || dimension as place,
    member,
    entrants,
    accounted_for
from accounted
where entrants <> accounted_for
union all
select
    'funnel' as place,
    funnel.step as member,
    funnel.entrants,
    coalesce(steps.entrants / 3, 0) as accounted_for
from funnel
left join steps
    on funnel.step = steps.step
where
    funnel.entrants <> coalesce(steps.entrants / 3, 0)
    or funnel.went_on <> coalesce(steps.went_on, 0)
    or funnel.failed <> coalesce(steps.failed, 0)
    or funnel.quit <> coalesce(steps.quit, 0)
    or funnel.entrants <> funnel.went_on + funnel.completed + funnel.failed + funnel.pending + funnel.quit
