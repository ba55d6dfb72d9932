with

completed_flows as (

    select *
    from {{ recent(ref('fct_photo_upload__flows')) }}
    where outcome = 'completed'

)

{%- set statistics = {} %}
{%- for name, kind in {'value': 'caption', 'user_tags': 'user_tag', 'location_tags': 'location_tag'}.items() %}
    {%- do statistics.update({
        name: {
            'numerator': 'count(case when ' ~ kind ~ '_events > 0 then 1 end)',
            'denominator': 'count(*)',
        },
    }) %}
{%- endfor %}
{%- do statistics.update({
    'users': {
        'numerator': 'count(distinct case when caption_events > 0 then user_id end)',
        'denominator': 'count(distinct user_id)',
    },
}) %}

{{ metric_by_period(
    rows='completed_flows',
    day='flow_date',
    dates=ref('dim_photo_upload__dates'),
    statistics=statistics,
    requires=[ref('fct_photo_upload__flows') ~ ' where caption_events + user_tag_events + location_tag_events > 0'],
) }}
