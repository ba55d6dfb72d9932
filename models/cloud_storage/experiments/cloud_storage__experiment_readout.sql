with

{{ quick_access_exposures() | trim }},

{{ quick_access_planned_window() | trim }},

{{ planned_readout(
    ref('fct_cloud_storage__experiment_users'),
    ref('cloud_storage__experiment_split'),
    quick_access_experiment(),
) | trim }}
