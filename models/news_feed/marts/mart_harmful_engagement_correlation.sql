{#- Spearman's correlation is Pearson's of ranks; its interval by Fisher's z, with the error 1.03 / sqrt(n - 3). -#}
{%- set covariance = 'covar_pop(harm_rank, engagement_rate_rank)' %}
{%- set deviations = 'stddev_pop(harm_rank) * stddev_pop(engagement_rate_rank)' %}
{%- set correlation = '(' ~ covariance ~ ' / nullif(' ~ deviations ~ ', 0))' %}
{%- set is_bounded = 'case when count(harm_rank) > 3 and abs(' ~ correlation ~ ') < 1 then 1 else 0 end' %}
{%- set bounds = {} %}
{%- for name, sign in [('low', '-'), ('high', '+')] %}
    {%- set odds = 'exp(ln((1 + ' ~ correlation ~ ') / (1 - ' ~ correlation ~ ')) ' ~ sign
        ~ ' 2 * 1.96 * 1.03 / sqrt(count(harm_rank) - 3))' %}
    {%- do bounds.update({name:
        'case when count(harm_rank) > 3 and abs(' ~ correlation ~ ') < 1'
        ~ ' then (' ~ odds ~ ' - 1) / (' ~ odds ~ ' + 1) end'
    }) %}
{%- endfor -%}
with

item_weeks as (

    select * from {{ recent(ref('fct_news_feed__item_weeks')) }}

)

{{ metric_by_period(
    rows='item_weeks',
    day='week_start',
    dates=ref('dim_news_feed__dates'),
    statistics={
        'value': {
            'numerator': 'covar_pop(harm_rank, engagement_rank)',
            'denominator': 'stddev_pop(harm_rank) * stddev_pop(engagement_rank)',
        },
        'of_rates': {
            'numerator': covariance,
            'denominator': deviations,
        },
        'of_rates_low': {
            'numerator': bounds.low,
            'denominator': is_bounded,
        },
        'of_rates_high': {
            'numerator': bounds.high,
            'denominator': is_bounded,
        },
        'engagement_rate': {
            'numerator': 'sum(engagements)',
            'denominator': 'sum(impressions)',
        },
        'items_compared': {
            'numerator': 'count(case when is_compared then 1 end)',
            'denominator': 'count(*)',
        },
    },
    requires=[ref('fct_news_feed__item_weeks') ~ ' where engagements > 0'],
    grains=['week'],
) }}
