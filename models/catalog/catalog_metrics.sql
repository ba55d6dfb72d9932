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

{{ catalog_rows(rows, {
    'metric_id': 'string',
    'question_id': 'string',
    'area_id': 'string',
    'label': 'string',
    'unit': 'string',
    'good_direction': 'string',
    'is_additive': 'boolean',
    'statistics': 'string',
    'slices': 'string',
    'upstream_signals': 'string',
    'mart': 'string',
    'definition': 'string',
}) }}
