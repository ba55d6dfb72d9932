with

playbacks as (

    select
        playbacks.*,
        playbacks.user_id || ' ' || playbacks.title_id as title_viewer,
        playbacks.user_id || ' ' || playbacks.item_id as item_viewer,
        -- Of another title the first start may lie long before.
        playbacks.started_at > min(playbacks.started_at) over (
            partition by playbacks.user_id, playbacks.title_id
        ) as is_another_start,
        coalesce(
            playbacks.started_at > viewings.first_completed_at
            and 20 * playbacks.start_position_ms < playbacks.total_duration_ms,
            false
        ) as is_rewatch
    from {{ ref('fct_streaming__playbacks') }} as playbacks
    inner join {{ ref('fct_streaming__viewings') }} as viewings
        on
            playbacks.user_id = viewings.user_id
            and playbacks.item_id = viewings.item_id

)

{{ metric_by_period(
    rows='playbacks',
    day='playback_date',
    dates=ref('dim_streaming__dates'),
    statistics={
        'value': {
            'numerator': 'count(distinct case when is_another_start then title_viewer end)',
            'denominator': 'count(distinct title_viewer)',
        },
        'rewatched': {
            'numerator': 'count(distinct case when is_view and is_rewatch then item_viewer end)',
            'denominator': 'count(distinct case when is_view then item_viewer end)',
        },
        'resumed': {
            'numerator': 'count(distinct case when is_view and start_position_ms > 0 then item_viewer end)',
            'denominator': 'count(distinct case when is_view then item_viewer end)',
        },
    },
    requires=[ref('fct_streaming__playbacks')],
) }}
