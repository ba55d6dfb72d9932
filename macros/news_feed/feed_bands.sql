{#-
    Places in the feed, told apart as far as attention falls, and the share of impressions in each to which rates are
    reweighted: those of sessions with ten items. A fixed distribution compares rankings of any day and any depth.
-#}
{% macro feed_position_bands() %}
    {{- return([
        {'name': '1', 'last': 1, 'share': 0.1},
        {'name': '2 to 3', 'last': 3, 'share': 0.2},
        {'name': '4 to 7', 'last': 7, 'share': 0.4},
        {'name': '8 and more', 'last': none, 'share': 0.3},
    ]) -}}
{% endmacro %}


{#- The band of a place in the feed. -#}
{% macro feed_position_band(position) -%}
    case
    {%- for band in feed_position_bands() %}
        {{ 'when ' ~ position ~ ' <= ' ~ band.last ~ ' then' if band.last else 'else' }} {{ sql_text(band.name) }}
    {%- endfor %}
    end
{%- endmacro %}


{#- The tenth of the scale from 0 to 1 that a score lies in: 0.3 to 0.4; null where it is unknown. -#}
{% macro tenth_of_scale(score) -%}
    case
        when {{ score }} is null then null
    {%- for tenth in range(9) %}
        when {{ score }} < {{ (tenth + 1) / 10 }}
            then {{ sql_text('%.1f to %.1f' % (tenth / 10, (tenth + 1) / 10)) }}
    {%- endfor %}
        else '0.9 to 1.0'
    end
{%- endmacro %}


{#- A rank among rows alike in `among`; equals have the mean of the ranks that they share, as Spearman has it. -#}
{% macro mean_rank(value, among) -%}
    rank() over (partition by {{ among }} order by {{ value }})
    + (count(*) over (partition by {{ among }}, {{ value }}) - 1) / 2e0
{%- endmacro %}
