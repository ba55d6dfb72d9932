with

entered_steps as (

    select *
    from {{ recent(ref('fct_photo_upload__flow_steps')) }}
    where is_reached

)

{%- set first = upload_step_names() | first %}
{%- set entrants = sum_of_step('1', first) %}
{%- set statistics = {
    'value': {
        'numerator': "count(case when fate in ('abandoned', 'failed', 'pending') then 1 end)",
        'denominator': entrants,
    },
} %}
{%- for fate in ['abandoned', 'failed', 'pending', 'completed'] %}
    {%- do statistics.update({
        fate: {'numerator': "count(case when fate = '" ~ fate ~ "' then 1 end)", 'denominator': entrants},
    }) %}
{%- endfor %}
-- A flow ends once, but goes on at every step before.
{%- do statistics.update({
    'went_on': {
        'numerator': sum_of_step("case when fate = 'went_on' then 1 else 0 end", 'none'),
        'denominator': entrants,
    },
}) %}

{{ metric_by_period(
    rows='entered_steps',
    day='flow_date',
    dates=ref('dim_photo_upload__dates'),
    statistics=statistics,
    requires=[ref('fct_photo_upload__flows')],
) }}
