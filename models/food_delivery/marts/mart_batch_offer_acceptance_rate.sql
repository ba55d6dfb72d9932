with

batch_offers as (

    select *
    from {{ recent(ref('fct_food_delivery__offers')) }}
    where is_batch

)

{%- set accepted = "count(case when response = 'accepted' then 1 end)" %}

{{ metric_by_period(
    rows='batch_offers',
    day='offer_date',
    dates=ref('dim_food_delivery__dates'),
    statistics={
        'value': {
            'numerator': accepted,
            'denominator': "count(case when response <> 'none' then 1 end)",
        },
        'of_offers': {
            'numerator': accepted,
            'denominator': 'count(*)',
        },
        'of_batches': {
            'numerator': "count(distinct case when response = 'accepted' then batch_id end)",
            'denominator': 'count(distinct batch_id)',
        },
    },
    requires=[ref('fct_food_delivery__offers') ~ " where is_batch and response <> 'none'"],
) }}
