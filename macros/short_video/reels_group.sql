{#-
    Whether somebody has used reels by a day: adopter or not yet. What a day says of its users must not depend on
    later ones, so who takes reels up tomorrow is not an adopter today.
-#}

{% macro reels_group(day, first_reels_date) -%}
    case when {{ first_reels_date }} <= {{ day }} then 'adopter' else 'not yet' end
{%- endmacro %}


{#- Whether a day lies before or after the launch in a country; before, where there was none yet. -#}
{% macro launch_phase(day, launch_week) -%}
    case when {{ launch_week }} <= {{ day }} then 'after' else 'before' end
{%- endmacro %}


{#- Every move between states that a session may make: a list of [from, to]. No feature leads to itself. -#}
{% macro feature_moves() %}
    {%- set features, moves = short_video_list('short_video_features'), [] -%}
    {%- for source in ['start'] + features -%}
        {%- for goal in features + ['end'] if goal != source and not (source == 'start' and goal == 'end') -%}
            {%- do moves.append([source, goal]) -%}
        {%- endfor -%}
    {%- endfor -%}
    {{- return(moves) -}}
{% endmacro %}
