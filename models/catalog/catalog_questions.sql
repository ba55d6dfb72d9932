{%- set rows = [] -%}
{%- for exposure in question_exposures() -%}
    {%- do rows.append({
        'question_id': exposure.question,
        'scenario': exposure.facts.scenario,
        'title': exposure.title,
        'question': exposure.description,
        'overall_goal': exposure.facts.goal,
        'exposure': exposure.name,
    }) -%}
{%- endfor -%}

{{ catalog_rows(rows, 'catalog_questions') }}
