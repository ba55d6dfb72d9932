{#-
    The tier of a user at the end of a month, from the last 28 days: how many of them were active, how much was created
    in them, and how many days ago the user was last active (null where that is longer ago than anybody looks).
-#}

{% macro engagement_tier(active_days, content_created, idle_days) -%}
{%- set thresholds = stickiness_thresholds() -%}
case
    when {{ active_days }} >= {{ thresholds.power_active_days }} and {{ content_created }} > 0 then 'power'
    when {{ active_days }} >= {{ thresholds.core_active_days }} then 'core'
    when {{ active_days }} > 0 then 'casual'
    when {{ idle_days }} <= {{ thresholds.gone_days }} then 'dormant'
    else 'gone'
end
{%- endmacro %}
