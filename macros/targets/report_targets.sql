{#-
    After a run: a line for each target whose test failed or warned, and a warning where the published status
    was not built in this run and says something else than a test has found.
-#}

{% macro report_targets(results) %}
    {%- if execute -%}
        {%- set built = results | selectattr('status', 'eq', 'success') | map(attribute='node.name') | list -%}
        {%- for result in results
            if result.node.test_metadata and result.node.test_metadata.name == 'target_is_met'
            and result.status in ['pass', 'warn', 'fail'] -%}
            {%- set asked = result.node.test_metadata.kwargs -%}
            {%- set published = asked.scenario ~ '__target_status' -%}
            {%- if result.status != 'pass' or published not in built -%}
                {%- set mart = graph.nodes[result.node.attached_node].name -%}
                {%- set found = run_query(judge_target(declared_target(mart, asked.target))).rows[0] -%}
                {%- if result.status != 'pass' -%}
                    {%- do log(described_target(found), info=true) -%}
                {%- endif -%}
                {%- if published not in built -%}
                    {%- do warn_of_old_status(published, found) -%}
                {%- endif -%}
            {%- endif -%}
        {%- endfor -%}
    {%- endif -%}
{% endmacro %}


{#- What was observed, what was asked, when, and who acts, in a line. -#}
{% macro described_target(row) %}
    {%- set statistic = '' if row.statistic == 'value' else '.' ~ row.statistic -%}
    {%- set basis = '' if row.basis == 'level' else ' (' ~ row.basis ~ ')' -%}
    {%- set observed = 'nothing' if row.observed is none else '%.4g' % row.observed -%}
    {%- set interval = '' if row.interval_low is none
        else ' [%.4g, %.4g]' % (row.interval_low, row.interval_high) -%}
    {%- set member = '' if row.worst_member is none else ' in ' ~ row.worst_member -%}
    {%- set upper = '' if row.upper_threshold is none else ' and %g' % row.upper_threshold -%}
    {%- set sentence =
        row.target_id ~ ' is ' ~ row.status ~ ': ' ~ row.metric_id ~ statistic ~ basis ~ ', observed '
        ~ observed ~ interval ~ member ~ ', asked ' ~ row.operator ~ ' ' ~ '%g' % row.threshold ~ upper
        ~ ', from ' ~ row.window_start ~ ' to ' ~ row.window_end
        ~ ', severity ' ~ row.severity ~ ', owner ' ~ row.owner
    -%}
    {#- A member of a mart is whatever was logged, and a terminal would obey it. -#}
    {{- return(modules.re.sub('[\\x00-\\x1f\\x7f-\\x9f]', ' ', sentence)) -}}
{% endmacro %}


{% macro warn_of_old_status(published, found) %}
    {%- set node = graph.nodes['model.' ~ project_name ~ '.' ~ published] -%}
    {%- set relation = adapter.get_relation(node.database, node.schema, node.alias) -%}
    {%- if relation is not none -%}
        {%- set rows = run_query(
            'select * from ' ~ relation ~ ' where target_id = ' ~ sql_text(found.target_id)
        ).rows -%}
        {%- set told = described_target(rows[0]) if rows | length else found.target_id ~ ' has no row' -%}
        {%- if told != described_target(found) -%}
            {%- do exceptions.warn(
                published ~ ' is older than what was tested: there, ' ~ told
                ~ '. dbt build --select ' ~ published ~ '+ publishes ' ~ found.status
            ) -%}
        {%- endif -%}
    {%- endif -%}
{% endmacro %}
