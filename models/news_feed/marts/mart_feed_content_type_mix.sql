{%- set sums, squares = [], [] %}
{%- for content_type in feed_content_types() %}
    {%- set total = 'sum(' ~ content_type ~ '_impressions)' %}
    {%- do sums.append(total) %}
    {%- do squares.append('1e0 * ' ~ total ~ ' * ' ~ total) %}
{%- endfor -%}
with

user_weeks as (

    select * from {{ recent(ref('fct_news_feed__user_weeks')) }}

)

{{ metric_by_period(
    rows='user_weeks',
    day='week_start',
    dates=ref('dim_news_feed__dates'),
    statistics={
        'value': {
            'numerator': 'greatest(' ~ sums | join(', ') ~ ')',
            'denominator': 'sum(impressions)',
        },
        'photo_share': {
            'numerator': 'sum(photo_impressions)',
            'denominator': 'sum(impressions)',
        },
        'video_share': {
            'numerator': 'sum(video_impressions)',
            'denominator': 'sum(impressions)',
        },
        'text_share': {
            'numerator': 'sum(text_impressions)',
            'denominator': 'sum(impressions)',
        },
        'link_share': {
            'numerator': 'sum(link_impressions)',
            'denominator': 'sum(impressions)',
        },
        'concentration': {
            'numerator': squares | join(' + '),
            'denominator': '1e0 * sum(impressions) * sum(impressions)',
        },
        'user_largest': {
            'numerator': 'sum(1e0 * largest_type_impressions / impressions)',
            'denominator': 'count(*)',
        },
        'user_concentration': {
            'numerator': 'sum(type_concentration)',
            'denominator': 'count(*)',
        },
    },
    requires=[ref('fct_news_feed__impressions')],
    grains=['week'],
) }}
