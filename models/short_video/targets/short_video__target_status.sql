-- Groups are compared in facts and in the effects: depends_on: {{ ref('short_video__adoption_effects') }}
-- depends_on: {{ ref('fct_short_video__new_users') }}
-- depends_on: {{ ref('fct_short_video__adoption_weeks') }}
-- depends_on: {{ ref('fct_short_video__launch_engagement') }}
{{ target_status('short_video', ref('short_video__metric_values')) }}
