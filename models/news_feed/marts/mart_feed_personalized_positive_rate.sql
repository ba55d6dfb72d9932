with

impressions as (

    select
        *,
        predicted_affinity / avg(predicted_affinity) over (
            partition by user_id, cast({{ dbt.date_trunc('week', 'impression_date') }} as date)
        ) as affinity_weight,
        coalesce({{ tenth_of_scale('predicted_score') | indent(8) }}, 'unknown') as score_band
    from {{ recent(ref('fct_news_feed__impressions')) }}
    where predicted_affinity is not null

)

{{ metric_by_period(
    rows='impressions',
    day='impression_date',
    dates=ref('dim_news_feed__dates'),
    statistics={
        'value': {
            'numerator': 'sum(affinity_weight * positives)',
            'denominator': 'sum(affinity_weight)',
        },
        'pooled_weights': {
            'numerator': 'sum(predicted_affinity * positives)',
            'denominator': 'sum(predicted_affinity)',
        },
        'unweighted': {
            'numerator': 'sum(positives)',
            'denominator': 'count(*)',
        },
        'predicted': {
            'numerator': 'sum(predicted_score)',
            'denominator': 'count(predicted_score)',
        },
    },
    requires=[ref('fct_news_feed__impressions') ~ ' where positives > 0'],
) }}
