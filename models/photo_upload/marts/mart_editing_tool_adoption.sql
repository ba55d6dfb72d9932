with

flows as (

    select
        *,
        outcome = 'completed' as is_completed,
        case when media_selected_events > 1 then 'several' else 'one' end as media_count,
        filter_events + crop_events + brightness_events > 0 as has_edit
    from {{ recent(ref('fct_photo_upload__flows')) }}

)

{%- set completed = 'count(case when is_completed then 1 end)' %}
{%- set statistics = {
    'value': {
        'numerator': 'count(case when is_completed and has_edit then 1 end)',
        'denominator': completed,
    },
} %}
{%- for name, tool in {'filters': 'filter', 'crops': 'crop', 'brightness': 'brightness'}.items() %}
    {%- do statistics.update({
        name: {
            'numerator': 'count(case when is_completed and ' ~ tool ~ '_events > 0 then 1 end)',
            'denominator': completed,
        },
    }) %}
{%- endfor %}
{%- do statistics.update({
    'of_editors': {
        'numerator': 'count(case when edit_opened_events > 0 and has_edit then 1 end)',
        'denominator': 'count(case when edit_opened_events > 0 then 1 end)',
    },
    'users': {
        'numerator': 'count(distinct case when is_completed and has_edit then user_id end)',
        'denominator': 'count(distinct case when is_completed then user_id end)',
    },
}) %}

{{ metric_by_period(
    rows='flows',
    day='flow_date',
    dates=ref('dim_photo_upload__dates'),
    statistics=statistics,
    requires=[ref('fct_photo_upload__flows') ~ ' where filter_events + crop_events + brightness_events > 0'],
) }}
