{%- set rows = [] -%}
{%- if execute -%}
    {%- for mart in metric_marts() -%}
        {%- set metric = mart.config.meta.gsmt -%}
        {%- do rows.append({
            'metric_id': metric.metric,
            'question_id': metric.question,
            'area_id': metric.area,
            'label': metric.label,
            'unit': metric.unit,
            'good_direction': metric.good_direction,
            'is_additive': metric.is_additive,
            'statistics': metric.statistics.keys() | join(', '),
            'slices': metric.slices | join(', '),
            'upstream_signals': upstream_signals(mart) | join(', '),
            'mart': mart.name,
            'definition': mart.description,
        }) -%}
    {%- endfor -%}
{%- endif -%}

{{ catalog_rows(rows, 'catalog_metrics') }}
