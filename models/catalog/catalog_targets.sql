{%- set rows = [] -%}
{%- if execute -%}
    {%- for target in scenario_targets() -%}
        {%- set is_range = target.operator == 'between' -%}
        {%- do rows.append({
            'target_id': target.id,
            'metric_id': target.metric,
            'area_id': target.area,
            'description': target.description,
            'basis': target.basis,
            'statistic': target.statistic,
            'operator': target.operator,
            'threshold': target.threshold[0] if is_range else target.threshold,
            'upper_threshold': target.threshold[1] if is_range else none,
            'threshold_source': target.threshold_source,
            'window_grain': target.grain,
            'window_periods': target.periods,
            'severity': target.severity,
            'owner': target.owner,
        }) -%}
    {%- endfor -%}
{%- endif -%}

{{ catalog_rows(rows, 'catalog_targets') }}
