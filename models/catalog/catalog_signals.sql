{%- set rows = [] -%}
{%- if execute -%}
    {%- for node in signal_models() -%}
        {%- do rows.append({
            'scenario': node.config.meta.gsmt.scenario,
            'signal_id': node.config.meta.gsmt.signal,
            'logged_by': node.config.meta.gsmt.logged_by,
            'why': node.config.meta.gsmt.why,
            'fields': node.columns.keys() | join(', '),
            'staging_model': node.name,
        }) -%}
    {%- endfor -%}
{%- endif -%}

{{ catalog_rows(rows, 'catalog_signals') }}
