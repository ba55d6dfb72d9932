{#- The question's point of the curve is half of the length. -#}
{%- set points, statistics = {'value': ('viewers', 50)}, {} -%}
{%- for percent in range(10, 101, 10) -%}
    {%- do points.update({'viewers_' ~ percent: ('viewers', percent)}) -%}
{%- endfor -%}
{%- for percent in range(10, 101, 10) -%}
    {%- do points.update({'plays_' ~ percent: ('plays', percent)}) -%}
{%- endfor -%}
{%- for name, (counted, percent) in points.items() -%}
    {%- do statistics.update({name: {
        'numerator': 'sum(case when percent = ' ~ percent ~ ' then ' ~ counted ~ ' end)',
        'denominator': 'sum(case when percent = ' ~ percent ~ ' then starters end)',
    }}) -%}
{%- endfor %}

with

retention as (

    select * from {{ ref('fct_streaming__title_retention') }}

)

{{ metric_by_period(
    rows='retention',
    day='first_started_on',
    dates=ref('dim_streaming__dates'),
    statistics=statistics,
    requires=[ref('fct_streaming__playbacks')],
    grains=['week', 'month'],
    ripe_days=streaming_thresholds().sitting_days,
) }}
