{{ rows_of_metric('mart_batch_offer_acceptance_rate', 'batch_offers', [
    ref('dim_food_delivery__dates'),
    ref('fct_food_delivery__offers'),
], 'offer_date', ref('dim_food_delivery__dates')) }}
