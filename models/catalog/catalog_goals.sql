{%- set rows = [] -%}
{%- for exposure in question_exposures() -%}
    {%- for area in exposure.facts.areas -%}
        {%- do rows.append({
            'area_id': area.id,
            'question_id': exposure.question,
            'area': area.name,
            'goal': area.goal,
            'signals': signals_of_area(area.id) | join(', '),
        }) -%}
    {%- endfor -%}
{%- endfor -%}

{{ catalog_rows(rows, 'catalog_goals') }}
