with

-- A photo that is still under way has no time yet.
media as (

    select
        *,
        outcome = 'succeeded' as is_uploaded
    from {{ recent(ref('fct_photo_upload__media')) }}
    where outcome <> 'pending'

)

{%- set fast, statistics = fast_upload_seconds(), {} %}
{%- for of, suffix in [('done', ''), ('all', '_with_failures'), ('survival', '_kaplan_meier')] %}
    {%- for name, level in {'p50': 0.5, 'p90': 0.9, 'p95': 0.95}.items() %}
        {%- do statistics.update({name ~ suffix: {'level': level, 'of': of}}) %}
    {%- endfor %}
{%- endfor %}

select * from (
    {{ durations_by_period(
        rows='media',
        duration='waited_seconds',
        is_done='is_uploaded',
        day='flow_date',
        dates=ref('dim_photo_upload__dates'),
        statistics=statistics,
        requires=[ref('fct_photo_upload__media')],
    ) | trim | indent(4) }}
) as percentiles
union all
select * from (
    {{ metric_by_period(
        rows='media',
        day='flow_date',
        dates=ref('dim_photo_upload__dates'),
        statistics={
            'within_8_seconds': {
                'numerator': 'count(case when is_uploaded and waited_seconds <= ' ~ fast ~ ' then 1 end)',
                'denominator': 'count(*)',
            },
        },
        requires=[ref('fct_photo_upload__media')],
    ) | trim | indent(4) }}
) as fast_uploads
