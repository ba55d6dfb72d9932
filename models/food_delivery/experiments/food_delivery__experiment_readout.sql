with

{{ batching_exposures() | trim }},

{{ batching_planned_window() | trim }},

{{ planned_readout(
    ref('fct_food_delivery__switchback_windows'),
    ref('food_delivery__experiment_split'),
    batching_experiment(),
) | trim }}
