{#-
    After a run that built something of a scenario but not the status of its targets: a line that says of which build
    that status is, and what judges anew. (Where a test has found another status than the published one,
    report_targets warns.)
-#}

{% macro report_older_statuses(results) %}
    {%- set renewed, judged = [], [] -%}
    {%- for result in results
        if result.node.resource_type == 'model' and result.status == 'success' and result.node.fqn[1] in scenarios() -%}
        {%- do renewed.append(result.node.fqn[1]) if result.node.fqn[2] != 'targets' -%}
        {%- do judged.append(result.node.fqn[1]) if result.node.name.endswith('__target_status') -%}
    {%- endfor -%}
    {%- for scenario in renewed | unique | reject('in', judged) -%}
        {%- set published = scenario ~ '__target_status' -%}
        {%- if is_built('model.' ~ project_name ~ '.' ~ published) -%}
            {%- set builds = run_query(
                'select min(built_at), min(built_from) from ' ~ relation_of(published)
            ).rows[0] -%}
            {%- do log(
                published ~ ' was not built in this run: it is of the build of ' ~ builds[0] ~ ' from ' ~ builds[1]
                ~ '. dbt build --select ' ~ published ~ '+ judges anew', info=true
            ) -%}
        {%- endif -%}
    {%- endfor -%}
{% endmacro %}
