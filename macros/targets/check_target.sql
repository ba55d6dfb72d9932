{#- All that is wrong with how a target asks to be observed, as a list of sentences. -#}

{% macro check_target(target) %}
    {%- set problems = [] -%}
    {%- for setting in target_settings(target.operator) + window_settings() if target.get(setting.name) is not none -%}
        {%- do problems.extend(value_problems(setting, target[setting.name], setting.name)) -%}
    {%- endfor -%}
    {%- if problems -%}
        {{- return(problems) -}}
    {%- endif -%}
    {%- set is_comparison = target.basis in ['lift', 'diff'] and 'rows' in target.get('compare', {}) -%}
    {%- set thresholds = target.threshold if target.operator == 'between' else [target.threshold] -%}
    {%- for name in ['interval', 'scaled', 'within_months'] if target[name] and target.basis != 'level' -%}
        {%- do problems.append(name ~ ' is of basis level only') -%}
    {%- endfor -%}
    {%- if target.interval and target.interval not in ['wilson', 'poisson'] -%}
        {%- do problems.append('interval is ' ~ tojson(target.interval) ~ ', expected wilson or poisson') -%}
    {%- endif -%}
    {%- if target.interval and thresholds | min <= 0 -%}
        {%- do problems.append('interval needs a threshold above 0, at which events are expected') -%}
    {%- endif -%}
    {%- if target.interval == 'wilson' and thresholds | max >= 1 -%}
        {%- do problems.append('interval wilson is of a share, and needs a threshold below 1') -%}
    {%- endif -%}
    {%- if target.scaled and target.interval == 'wilson' -%}
        {%- do problems.append('scaled is for counts; a share of a sample is the share of all, so interval is not wilson') -%}
    {%- endif -%}
    {%- if target.within_months and target.deadline_months -%}
        {%- do problems.append('within_months is met as soon as reached and deadline_months on that day: not both') -%}
    {%- endif -%}
    {%- if target.within_months and target.require -%}
        {%- do problems.append('require is not for within_months, which asks whether any window reaches it') -%}
    {%- endif -%}
    {%- if target.within_months and 'compare' in target -%}
        {%- do problems.append('within_months is of a level without compare') -%}
    {%- endif -%}
    {%- if target.require and target.require != 'interval' -%}
        {%- do problems.append('require is ' ~ tojson(target.require) ~ ', expected interval') -%}
    {%- endif -%}
    {%- if target.require and not (target.interval or target.basis in ['lift', 'diff']) -%}
        {%- do problems.append('require is of a level with an interval, or of a lift or diff') -%}
    {%- endif -%}
    {%- if target.members -%}
        {%- if target.members is not mapping or 'dimension' not in target.members
            or target.members.get('minimum_count') is not integer -%}
            {%- do problems.append('members is not {dimension: ..., minimum_count: a whole number}') -%}
        {%- endif -%}
        {%- if not is_comparison and not (target.basis == 'level' and (target.interval or target.dual)) -%}
            {%- do problems.append(
                'members is of a level with an interval or a dual, or of a lift or diff of rows'
            ) -%}
        {%- endif -%}
        {%- if target.operator == 'between' -%}
            {%- do problems.append('members has a worst one, and between has no side that is worse') -%}
        {%- endif -%}
        {%- for name in ['scaled', 'within_months', 'significant', 'minimum_periods', 'require']
            if target.get(name) -%}
            {%- do problems.append(name ~ ' is not for members') -%}
        {%- endfor -%}
    {%- endif -%}
    {%- if target.dual -%}
        {%- if target.dual is not mapping or target.dual.keys() | sort != ['operator', 'statistic', 'threshold'] -%}
            {%- do problems.append('dual is not {statistic: ..., operator: ..., threshold: ...}') -%}
        {%- endif -%}
        {%- if not target.members or target.interval -%}
            {%- do problems.append('dual is of members without an interval: the interval is of the dual') -%}
        {%- endif -%}
        {%- if 'threshold' in target_override(target.id) -%}
            {%- do problems.append('threshold cannot be set otherwise: its dual would go on judging the old one') -%}
        {%- endif -%}
    {%- endif -%}
    {%- if target.apart and (target.basis != 'growth' or target.follow) -%}
        {%- do problems.append('apart is of basis growth only, and not for follow') -%}
    {%- elif target.apart and target.apart < target.periods -%}
        {%- do problems.append('apart is ' ~ target.apart ~ ', so that the windows of ' ~ target.periods ~ ' overlap') -%}
    {%- endif -%}
    {%- if target.follow and (target.basis != 'growth' or target.follow is not string) -%}
        {%- do problems.append('follow is the name of a dimension, and of basis growth only') -%}
    {%- endif -%}
    {{- return(problems) -}}
{% endmacro %}


{#- What else a declared target says, beside what may be set otherwise (target_settings). -#}
{% macro window_settings() %}
    {%- set count = {'type': 'integer', 'minimum': 1, 'maximum': 3660} -%}
    {{- return([
        {'name': 'operator', 'type': 'choice', 'allowed': ['<', '<=', '>', '>=', '=', 'between']},
        {'name': 'grain', 'type': 'choice', 'allowed': ['day', 'week', 'month', 'cohort']},
        dict(count, name='minimum_periods'),
        dict(count, name='apart'),
        dict(count, name='deadline_months'),
        dict(count, name='within_months'),
    ]) -}}
{% endmacro %}
