{#- Spearman's correlation is Pearson's of ranks; its interval by Fisher's z, with the error 1.03 / sqrt(n - 3). -#}
{%- set covariances, deviations = {}, {} %}
{%- for rank in ['engagement_rank', 'engagement_rate_rank'] %}
    {%- do covariances.update({rank:
        'case when count(harm_rank) > 3 then covar_pop(harm_rank, ' ~ rank ~ ') end'
    }) %}
    {%- do deviations.update({rank:
        'case when count(harm_rank) > 3 then stddev_pop(harm_rank) * stddev_pop(' ~ rank ~ ') end'
    }) %}
{%- endfor %}
{%- set correlation = '(' ~ covariances.engagement_rate_rank
    ~ ' / nullif(' ~ deviations.engagement_rate_rank ~ ', 0))' %}
{%- set is_bounded = 'case when abs(' ~ correlation ~ ') < 1 then 1 else 0 end' %}
{%- set bounds = {} %}
{%- for name, sign in [('low', '-'), ('high', '+')] %}
    {%- set odds = 'exp(ln((1 + ' ~ correlation ~ ') / (1 - ' ~ correlation ~ ')) ' ~ sign
        ~ ' 2 * 1.96 * 1.03 / sqrt(count(harm_rank) - 3))' %}
    {%- do bounds.update({name:
        'case when abs(' ~ correlation ~ ') < 1 then (' ~ odds ~ ' - 1) / (' ~ odds ~ ' + 1) end'
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
            'numerator': covariances.engagement_rank,
            'denominator': deviations.engagement_rank,
        },
        'of_rates': {
            'numerator': covariances.engagement_rate_rank,
            'denominator': deviations.engagement_rate_rank,
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
