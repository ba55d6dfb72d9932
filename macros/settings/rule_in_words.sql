{#- What a setting's value has to be, in words: they end the sentence that refuses one, and docs/settings.md has them. -#}

{% macro rule_in_words(rule) -%}
    {%- if rule.type in ['integer', 'number'] -%}
        a {{ 'whole ' if rule.type == 'integer' }}number
        {%- if 'above' in rule %} above {{ rule.above }}{{ ' and up to ' ~ rule.maximum if 'maximum' in rule }}
        {%- elif 'maximum' in rule %} from {{ rule.minimum }} to {{ rule.maximum }}
        {%- elif 'minimum' in rule %} of at least {{ rule.minimum }}
        {%- endif -%}
    {%- elif rule.type == 'day' -%}
        a day, as 2026-01-31 is
    {%- elif rule.type == 'text' -%}
        text of one line{{ ' without ' ~ rule.without | list | join(' ') if 'without' in rule }}
    {%- elif rule.type == 'name' -%}
        a name of letters, digits and underscores
    {%- elif rule.type == 'choice' -%}
        one of {{ rule.allowed | join(', ') }}
    {%- else -%}
        a {{ rule.type }}
        {{- ' of ' ~ rule.length if 'length' in rule -}}
        {{- ' of ' ~ rule.allowed | join(', ') if 'allowed' in rule -}}
        {{- ' of ' ~ rule.entries | map(attribute='name') | join(', ') if 'entries' in rule -}}
        {{- ', each of it ' ~ rule_in_words(rule.each) if 'each' in rule -}}
    {%- endif -%}
    {{- ', or null' if rule.optional -}}
{%- endmacro %}
