{#-
    Days whose raw events are others than those that they were built from, and that this run would leave as they are:
    corrected, added or gone since then. A list of sentences, each with the rebuild_from that mends it; none where the
    var changed_days says to warn of them only.
-#}

{% macro check_raw_days() %}
    {%- set problems = [] -%}
    {%- for scenario in selected_scenarios() if last_complete_day(scenario) is not none -%}
        {%- set first_day = first_day_to_stage(scenario) -%}
        {%- set changed = run_query(
            "select cast(kept_on as varchar), string_agg(event_name, ', ' order by event_name) from " ~ raw_days()
            ~ ' where scenario = ' ~ sql_text(scenario) ~ " and kept_on < date '" ~ first_day ~ "'"
            ~ ' and fingerprint is distinct from built_fingerprint group by kept_on order by kept_on'
        ).rows -%}
        {%- if changed -%}
            {%- set named = [] -%}
            {%- for day, events in changed[:5] -%}
                {%- do named.append(day ~ ' (' ~ events ~ ')') -%}
            {%- endfor -%}
            {%- do named.append((changed | length - 5) ~ ' more days') if changed | length > 5 -%}
            {%- do problems.append(
                scenario ~ ': raw events of days before ' ~ first_day ~ ', which this build does not build again,'
                ~ ' have changed since they were built: ' ~ named | join(', ') ~ ". Add to it --vars '{rebuild_from: "
                ~ changed[0][0] ~ "}', or leave these days as they are with --vars '{changed_days: warn}'"
            ) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- if var('changed_days') == 'warn' -%}
        {%- for problem in problems -%}
            {%- do exceptions.warn(problem) -%}
        {%- endfor -%}
        {{- return([]) -}}
    {%- endif -%}
    {{- return(problems) -}}
{% endmacro %}
