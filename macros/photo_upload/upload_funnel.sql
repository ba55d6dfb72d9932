{#- The steps of an upload, in their order, as funnel_flows takes them. The editor may be passed by. -#}

{% macro upload_steps() %}
    {{- return([
        'initiated',
        'media_selected',
        {'name': 'edit_opened', 'optional': true},
        'caption_opened',
        'transfer_started',
        'uploaded',
    ]) -}}
{% endmacro %}


{#- Their names. -#}
{% macro upload_step_names() %}
    {%- set names = [] -%}
    {%- for step in upload_steps() -%}
        {%- do names.append(step.name if step is mapping else step) -%}
    {%- endfor -%}
    {{- return(names) -}}
{% endmacro %}


{#- The last step that a flow must have passed to reach one; none for the first. -#}
{% macro upload_step_before(name) %}
    {%- set required = [] -%}
    {%- for step in upload_steps() -%}
        {%- if (step.name if step is mapping else step) == name -%}
            {{- return(required | last if required else none) -}}
        {%- endif -%}
        {%- do required.append(step) if step is string -%}
    {%- endfor -%}
{% endmacro %}


{#- Seconds from its first step in which a flow may reach the others; until then it is pending. -#}
{% macro upload_window_seconds() %}
    {{- return(1800) -}}
{% endmacro %}


{#- An upload that takes no longer than so many seconds is fast. -#}
{% macro fast_upload_seconds() %}
    {{- return(8) -}}
{% endmacro %}


{#- Errors of the server, whatever the app does. -#}
{% macro server_error_codes() %}
    {{- return(['service_unavailable', 'processing_failed']) -}}
{% endmacro %}


{#- The code of whoever stopped a transfer: no error. -#}
{% macro cancelled_code() %}
    {{- return('cancelled_by_user') -}}
{% endmacro %}
