{#- The rate of each band of places, weighted by a fixed share; a band without impressions has no weight. -#}
{%- set adjusted, present = [], [] %}
{%- for band in feed_position_bands() %}
    {%- set is_here = 'position_band = ' ~ sql_text(band.name) %}
    {%- set shown = 'count(case when ' ~ is_here ~ ' then 1 end)' %}
    {%- set liked = 'sum(case when ' ~ is_here ~ ' then positives end)' %}
    {%- do adjusted.append(
        'coalesce(' ~ band.share ~ 'e0 * ' ~ liked ~ ' / nullif(' ~ shown ~ ', 0), 0)'
    ) %}
    {%- do present.append('case when ' ~ shown ~ ' > 0 then ' ~ band.share ~ 'e0 else 0 end') %}
{%- endfor -%}
with

impressions as (

    select * from {{ recent(ref('fct_news_feed__impressions')) }}

)

{{ metric_by_period(
    rows='impressions',
    day='impression_date',
    dates=ref('dim_news_feed__dates'),
    statistics={
        'value': {
            'numerator': 'sum(positives)',
            'denominator': 'count(*)',
        },
        'position_adjusted': {
            'numerator': adjusted | join(' + '),
            'denominator': present | join(' + '),
        },
        'impressions_liked': {
            'numerator': 'count(case when positives > 0 then 1 end)',
            'denominator': 'count(*)',
        },
    },
    requires=[ref('fct_news_feed__impressions') ~ ' where positives > 0'],
) }}
