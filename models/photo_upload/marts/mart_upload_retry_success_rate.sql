with

retried_media as (

    select
        *,
        user_id || ' ' || session_id as flow_key
    from {{ recent(ref('fct_photo_upload__media')) }}
    where retries > 0

)

{{ metric_by_period(
    rows='retried_media',
    day='flow_date',
    dates=ref('dim_photo_upload__dates'),
    statistics={
        'value': {
            'numerator': 'sum(successes_after_retry)',
            'denominator': 'sum(retries)',
        },
        'media_rescued': {
            'numerator': "count(case when outcome = 'succeeded' then 1 end)",
            'denominator': "count(case when outcome <> 'pending' then 1 end)",
        },
        'flows_rescued': {
            'numerator': "count(distinct case when outcome = 'succeeded' then flow_key end)",
            'denominator': "count(distinct case when outcome <> 'pending' then flow_key end)",
        },
    },
    requires=[ref('fct_photo_upload__media') ~ ' where retries > 0'],
) }}
