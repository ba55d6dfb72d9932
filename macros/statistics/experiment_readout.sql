{#-
    A query of the readout of an experiment: one row per metric and variant, with the numbers, what they
    mean in words, and the decision. docs/experiments.md explains the columns and how a decision is made.

    units       a relation with one row per unit: variant, and the columns that the metrics use
                (experiment_units); units of variants that are not declared are ignored, null is zero
    split       a relation as sample_ratio_mismatch makes it of the same units
    window      optional: a relation as experiment_window makes it, of the same exposures; without it there
                is one look, and it is final
    experiment  the declaration, a mapping:
        id             the experiment's name
        shares         {variant: planned share}, on any scale
        control        the variant that the others, the treatments, are compared with
        unit           optional: what the units are, in the plural, for the words; 'users' without it
        planned_days   of a window: whole days to run
        started_on     optional: the first of them, where it is not that of the first exposure
        planned_units  optional: units planned for a treatment and the control together, for the effect that
                       they can find (detectable_difference) and p-values that hold at every look
                       (always_valid_difference)
        metrics        {name: {
            label           words that follow "Ship: " and precede "rose by": 'manual searches'
            role            primary (decides), secondary (informs) or guardrail (must not get worse)
            kind            mean, proportion (0 or 1 for each unit) or ratio (of means)
            numerator       expression over units
            denominator     expression over units, of a ratio
            good_direction  up or down
            covariate       optional: expression over units, known before the exposure (cuped)
            margin          of a guardrail: how much worse is tolerable, relative to the control: 0.1
        }}
-#}

{% macro experiment_readout(units, split, experiment, window=none) %}
    {{- check_experiment(experiment) -}}
    {%- set double, string = engine_type('double'), engine_type('string') %}
    {%- set treatments = experiment.shares.keys() | reject('equalto', experiment.control) | list %}
    {%- set roles = experiment.metrics.values() | map(attribute='role') | list %}
    {%- set unit = experiment.unit or 'users' %}
    {%- set incomparable = 'too few ' ~ unit ~ ' or no variation' %}
    with comparisons as (
        {{ experiment_comparisons(units, experiment) | indent(4) }}
    ),

    sample_ratio as (

        select
            max(case when dimension = 'all' then p_value end) as p_value,
            coalesce(max(case when dimension = 'all' and is_mismatch then 1 end), 0) = 1 as is_mismatch,
            {{ joined_texts(
                "case when dimension <> 'all' and is_mismatch then dimension || ' ' || coalesce(member, 'unknown') end",
                ', ',
            ) }} as segments
        from {{ split }}

    ),

    planned_split as (

        select
            {%- for variant in experiment.shares %}
            {%- set is_control = variant == experiment.control %}
            coalesce(max(
                case
                    when treatment = {{ sql_text(treatments[0] if is_control else variant) }}
                        then {{ 'control_units' if is_control else 'treatment_units' }}
                end
            ), 0) as units_{{ loop.index }}
            {{- ',' if not loop.last }}
            {%- endfor %}
        from comparisons

    ),

    planned_window as (
        {% if window %}
        select
            started_on,
            observed_until,
            days_observed,
            is_over as is_final,
            later_days,
            later_units
        from {{ window }}
        {%- else %}
        select
            cast(null as date) as started_on,
            cast(null as date) as observed_until,
            {%- for count in ['days_observed', 'later_days', 'later_units'] %}
            cast(null as {{ engine_type('integer') }}) as {{ count }},
            {%- endfor %}
            true as is_final
        {%- endif %}

    ),

    sizes as (

        select
            *,
            case when difference < 0 then 'fell by ' else 'rose by ' end as movement,
            case when difference < 0 then -1 else 1 end as direction,
            {%- for bound, lift, absolute in [
                ('size', 'lift', 'difference'),
                ('size_low', 'lift_low', 'interval_low'),
                ('size_high', 'lift_high', 'interval_high'),
            ] %}
            case when lift_low is null and kind <> 'proportion' then 1 else 100 end
            * case when lift_low is null then {{ absolute }} else {{ lift }} end as {{ bound }},
            {%- endfor %}
            -- Without a relative interval the difference itself is told.
            case
                when lift_low is not null then ' %'
                when kind = 'proportion' then ' percentage points'
                else ''
            end as unit,
            adjusted_p_value < 0.05e0 as is_beyond_chance,
            (difference > 0) = higher_is_better as is_better,
            case when higher_is_better then -worst_lift else worst_lift end < margin as is_within_margin
        from comparisons

    ),

    phrases as (

        select
            *,
            {{ size_as_text('size') }} || unit as size_text,
            movement || {{ size_as_text('direction * size') }} || unit || ' (95 % interval '
            || {{ size_as_text('case when direction < 0 then -size_high else size_low end') }} || ' to '
            || {{ size_as_text('case when direction < 0 then -size_low else size_high end') }} || unit || ')'
                as change_text,
            '95 % interval ' || {{ size_as_text('size_low') }} || ' to ' || {{ size_as_text('size_high') }} || unit
                as interval_text,
            {{ number_as_text('abs(100 * worst_lift)') }} || ' %'
            || case when worst_lift < 0 then ' lower' else ' higher' end as worst_text
        from sizes

    ),

    verdicts as (

        select
            *,
            case
                when p_value is null then {{ sql_text('cannot be compared: ' ~ incomparable) }}
                when not is_final then 'open until the planned days have passed (so far ' || change_text || ')'
                when is_beyond_chance and is_better then change_text || ', beyond chance: better'
                when is_beyond_chance then change_text || ', beyond chance: worse'
                when p_value < 0.05e0
                    then
                        'no difference shown when all ' || role || ' comparisons are counted ('
                        || interval_text || ' for this one alone)'
                else 'no difference shown (' || interval_text || ')'
            end as metric_verdict,
            case
                when role <> 'guardrail' then null
                when control_value = 0 then 'cannot be compared: its control value is zero'
                when is_within_margin is null then {{ sql_text('cannot be compared: ' ~ incomparable) }}
                when not is_final
                    then
                        'open until the planned days have passed (so far at worst ' || worst_text || ', margin '
                        || margin_percent || ' %)'
                when is_within_margin then 'held: at worst ' || worst_text || ', margin ' || margin_percent || ' %'
                else 'not held: may be ' || worst_text || ', margin ' || margin_percent || ' %'
            end as guardrail_verdict,
            -- What each metric adds to the decision.
            case
                when role <> 'guardrail' or is_within_margin then null
                when control_value = 0 then label || ' cannot be compared (its control value is zero)'
                when is_within_margin is null then label || {{ sql_text(' cannot be compared (' ~ incomparable ~ ')') }}
                else label || ' may be ' || worst_text || ' (margin ' || margin_percent || ' %)'
            end as guardrail_problem,
            {%- for name, condition in [('harm', 'not is_better'), ('benefit', 'is_better')] %}
            case
                when role = 'primary' and is_beyond_chance and {{ condition }} then label || ' ' || change_text
            end as {{ name }},
            {%- endfor %}
            case
                when role <> 'primary' then null
                when p_value is null then label || {{ sql_text(' cannot be compared (' ~ incomparable ~ ')') }}
                else label || ' changed by ' || size_text || ' (' || interval_text || ')'
            end as finding
        from phrases
        cross join planned_window

    ),

    reasons as (

        select
            treatment
            {%- for reason in ['guardrail_problem', 'harm', 'benefit', 'finding'] %},
            nullif(concat_ws(
                '; '
                {%- for name in experiment.metrics %},
                max(case when metric = {{ sql_text(name) }} then {{ reason }} end)
                {%- endfor %}
            ), '') as {{ reason }}
            {%- endfor %}
        from verdicts
        group by treatment

    ),

    decisions as (

        select
            reasons.treatment,
            sample_ratio.is_mismatch or sample_ratio.segments is not null as is_unreadable,
            sample_ratio.p_value as sample_ratio_p_value,
            case
                when sample_ratio.is_mismatch
                    then 'mismatch at 0.001' || coalesce('; stands out: ' || sample_ratio.segments, '')
                when sample_ratio.segments is not null then 'mismatch at 0.001 in ' || sample_ratio.segments
                when sample_ratio.p_value is null then {{ sql_text('no ' ~ unit ~ ' to judge by') }}
                else 'no mismatch at 0.001'
            end as sample_ratio_verdict,
            case
                when sample_ratio.is_mismatch or sample_ratio.segments is not null
                    then
                        {{ sql_text('Do not read: ' ~ unit ~ ' did not fall into the variants as planned (') }}
                        {%- set total = namespace(units='(0') %}
                        {%- for variant in experiment.shares %}
                            {%- set total.units = total.units ~ ' + units_' ~ loop.index %}
                        {%- endfor %}
                        {%- for variant, share in experiment.shares.items() %}
                        || {{ sql_text(('; ' if not loop.first else '') ~ variant ~ ' has ') }}
                        || cast(units_{{ loop.index }} as {{ string }}) || {{ sql_text(' ' ~ unit ~ ', planned ') }}
                        || {{ number_as_text(
                            total.units ~ ') * ' ~ '%.16e' % (share / (experiment.shares.values() | sum)), 0,
                        ) }}
                        {%- endfor %} || ')' || coalesce('; stands out: ' || sample_ratio.segments, '') || '.'
                {%- if window %}
                when not planned_window.is_final
                    then
                        'Wait: ' || cast(planned_window.days_observed as {{ string }})
                        || ' of {{ experiment.planned_days }} planned days have passed.'
                {%- endif %}
                when guardrail_problem is not null then 'Do not ship: ' || guardrail_problem || '.'
                when harm is not null then 'Do not ship: ' || harm || '.'
                when benefit is not null
                    then
                        'Ship: ' || benefit || '; {{
                            'no guardrail is worse by more than its margin' if 'guardrail' in roles
                            else 'no guardrail was declared'
                        }}.'
                else 'No effect shown: ' || finding || '.'
            end as decision
        from reasons
        cross join sample_ratio
        cross join planned_split
        cross join planned_window

    )

    {%- for group in ['treatment', 'control'] %}
    {%- set is_control = group == 'control' %}
    {{ 'union all' if is_control }}
    select
        {{ sql_text(experiment.id) }} as experiment_id,
        verdicts.metric,
        verdicts.label,
        verdicts.role,
        case when verdicts.higher_is_better then 'up' else 'down' end as good_direction,
        verdicts.margin,
        {{ sql_text(experiment.control) if is_control else 'verdicts.treatment' }} as variant,
        verdicts.{{ group }}_units as units,
        verdicts.{{ group }}_estimate as estimate,
        {{ 'cast(null as ' ~ string ~ ')' if is_control else 'verdicts.method' }} as method,
        {%- for name, number in [
            ('difference', 'difference'),
            ('difference_low', 'interval_low'),
            ('difference_high', 'interval_high'),
            ('lift', 'lift'),
            ('lift_low', 'lift_low'),
            ('lift_high', 'lift_high'),
            ('unadjusted_lift', 'unadjusted_lift'),
        ] %}
        {{ compared('verdicts.' ~ number, double, is_control) }} as {{ name }},
        {%- endfor %}
        -- A p-value of one look is of the look for which it was planned.
        {%- for name in ['p_value', 'adjusted_p_value'] %}
        {{ compared('case when planned_window.is_final then verdicts.' ~ name ~ ' end', double, is_control) }}
            as {{ name }},
        {%- endfor %}
        {%- for name in ['always_valid_p_value', 'detectable_lift'] %}
        {{ compared('verdicts.' ~ name, double, is_control) }} as {{ name }},
        {%- endfor %}
        {{ compared(
            'planned_window.is_final and coalesce(verdicts.is_beyond_chance and verdicts.is_better, false)',
            'boolean', is_control,
        ) }} as is_better_beyond_chance,
        decisions.sample_ratio_p_value,
        decisions.sample_ratio_verdict,
        {%- for name in ['metric_verdict', 'guardrail_verdict'] %}
        {{ compared('verdicts.' ~ name, string, is_control) }} as {{ name }},
        {%- endfor %}
        {{ 'cast(null as ' ~ string ~ ')' if is_control and treatments | length > 1
            else 'decisions.decision' }} as decision,
        planned_window.started_on,
        planned_window.observed_until,
        planned_window.days_observed,
        planned_window.is_final,
        planned_window.later_days,
        planned_window.later_units
    from verdicts
    inner join decisions on verdicts.treatment = decisions.treatment
    cross join planned_window
    {%- if is_control %}
    where verdicts.treatment = {{ sql_text(treatments[0]) }}
    {%- endif %}
    {%- endfor %}
{% endmacro %}


{#- What a comparison says: null for the control, and for all where the split is not as planned. -#}
{% macro compared(expression, data_type, is_control) -%}
    {%- if is_control -%}
    cast(null as {{ data_type }})
    {%- else -%}
    case when not decisions.is_unreadable then {{ expression }} end
    {%- endif -%}
{%- endmacro %}


{#- A size with its unit's digits: a percentage has one, a number of no known unit four. -#}
{% macro size_as_text(size) -%}
    case when unit = '' then {{ number_as_text(size, 4) }} else {{ number_as_text(size) }} end
{%- endmacro %}


{#- A number with so many digits after the point, as text. -#}
{% macro number_as_text(number, decimals=1) -%}
    {%- set string = engine_type('string') -%}
    case
        when abs({{ number }}) < 1e12 then cast(cast({{ number }} as decimal(18, {{ decimals }})) as {{ string }})
        else cast({{ number }} as {{ string }})
    end
{%- endmacro %}
