{#- A release is told worse only beyond one chance in a hundred, after Holm over all that it is tested on. -#}
{%- set alpha, least_attempts = '0.01e0', 30 -%}
{%- set cell = ['release_number', 'dimension', 'segment'] -%}

with

releases as (

    select
        app_version,
        row_number() over (order by min(flow_date), app_version) as release_number
    from {{ ref('fct_photo_upload__attempts') }}
    where app_version <> 'unknown'
    group by app_version

),

attempts as (

    select
        releases.release_number,
        attempts.user_id,
        attempts.attempt_id,
        attempts.outcome,
        -- What does not arrive takes for ever, and so does what somebody was tired of waiting for.
        attempts.transfer_seconds,
        attempts.platform || ' ' || attempts.network_class as platform_network
    from {{ ref('fct_photo_upload__attempts') }} as attempts
    inner join releases
        on attempts.app_version = releases.app_version
    where
        attempts.outcome <> 'pending'
        -- What the server failed at says nothing of a release of the app, and an outage would hide one.
        and coalesce(attempts.error_code, 'none') not in ({{ sql_texts(server_error_codes()) }})

),

-- Each release stands beside the one before it, and so is in two comparisons: of all attempts, and of each segment.
compared_attempts as (

    {%- for compared_as, later in [('treatment', 0), ('control', 1)] %}
        {%- for dimension, segment in [('all', "'all'"), ('platform_network', 'platform_network')] %}
            select
                release_number + {{ later }} as release_number,
                {{ sql_text(dimension) }} as dimension,
                {{ segment }} as segment,
                {{ sql_text(compared_as) }} as compared_as,
                user_id,
                attempt_id,
                outcome,
                transfer_seconds
            from attempts
            {{ 'union all' if not (loop.last and compared_as == 'control') }}
        {%- endfor %}
    {%- endfor %}

),

p90_of_each as (

    {{ percentiles_with_failures(
        'compared_attempts', 'transfer_seconds', "outcome <> 'succeeded'", {'p90_seconds': 0.9}, cell + ['compared_as'],
    ) | trim | indent(4) }}

),

-- Releases are compared by how much succeeds, and by how much is slower than nine of ten were in the release before:
-- a share, which has an interval. Where that release failed in one of ten it had no P90, and only success is compared.
measured_attempts as (

    select
        {{ cell | join(',\n        ') }},
        'success' as measure,
        compared_as,
        user_id,
        case when outcome = 'succeeded' then 1e0 else 0e0 end as amount
    from compared_attempts
    where outcome <> 'cancelled'
    union all
    select
        compared_attempts.release_number,
        compared_attempts.dimension,
        compared_attempts.segment,
        'slow' as measure,
        compared_attempts.compared_as,
        compared_attempts.user_id,
        case
            when compared_attempts.transfer_seconds is null then 1e0
            when compared_attempts.transfer_seconds > p90_before.p90_seconds then 1e0
            else 0e0
        end as amount
    from compared_attempts
    inner join p90_of_each as p90_before
        on
            {%- for key in cell %}
                {{ 'and ' if not loop.first }}compared_attempts.{{ key }} = p90_before.{{ key }}
            {%- endfor %}
            and p90_before.compared_as = 'control'
            and p90_before.p90_seconds is not null

),

-- Attempts of one user are alike, so it is users who are compared.
compared_units as (

    select
        {{ cell | join(',\n        ') }},
        measure,
        user_id,
        sum(case when compared_as = 'treatment' then amount else 0e0 end) as treatment_numerator,
        sum(case when compared_as = 'treatment' then 1e0 else 0e0 end) as treatment_denominator,
        sum(case when compared_as = 'control' then amount else 0e0 end) as control_numerator,
        sum(case when compared_as = 'control' then 1e0 else 0e0 end) as control_denominator
    from measured_attempts
    group by
        {{ cell | join(',\n        ') }},
        measure,
        user_id

),

sizes as (

    select
        {{ cell | join(',\n        ') }},
        measure,
        cast(sum(treatment_denominator) as {{ engine_type('bigint') }}) as attempts,
        cast(sum(control_denominator) as {{ engine_type('bigint') }}) as previous_attempts
    from compared_units
    group by
        {{ cell | join(',\n        ') }},
        measure

),

{{ ratio_comparison('compared_units', 'difference', cell + ['measure']) | trim }},

tested_cells as (

    select
        ratio_comparison.*,
        sizes.attempts,
        sizes.previous_attempts
    from ratio_comparison
    inner join sizes
        on
            {%- for key in cell + ['measure'] %}
                {{ 'and ' if not loop.first }}ratio_comparison.{{ key }} = sizes.{{ key }}
            {%- endfor %}
    where
        sizes.attempts >= {{ least_attempts }}
        and sizes.previous_attempts >= {{ least_attempts }}

),

adjusted_cells as (

    {{ holm_adjusted('tested_cells', cell + [
        'measure', 'attempts', 'previous_attempts', 'treatment_value', 'control_value', 'difference', 'interval_low',
        'interval_high',
    ], family=['release_number']) | trim | indent(4) }}

)

select
    releases.app_version,
    previous_releases.app_version as previous_app_version,
    cells.dimension,
    cells.segment,
    cells.measure,
    cells.attempts,
    cells.previous_attempts,
    cells.treatment_value as value,
    cells.control_value as previous_value,
    cells.difference,
    cells.interval_low,
    cells.interval_high,
    cells.p_value,
    cells.adjusted_p_value,
    case when cells.measure = 'slow' then p90_of_release.p90_seconds end as p90_seconds,
    case when cells.measure = 'slow' then p90_of_previous.p90_seconds end as previous_p90_seconds,
    coalesce(
        cells.adjusted_p_value < {{ alpha }}
        and case cells.measure when 'success' then cells.difference < 0 else cells.difference > 0 end,
        false
    ) as is_regression
from adjusted_cells as cells
inner join releases
    on cells.release_number = releases.release_number
inner join releases as previous_releases
    on cells.release_number = previous_releases.release_number + 1
{%- for compared_as, name in [('treatment', 'p90_of_release'), ('control', 'p90_of_previous')] %}
    inner join p90_of_each as {{ name }}
        on
            {%- for key in cell %}
                {{ 'and ' if not loop.first }}cells.{{ key }} = {{ name }}.{{ key }}
            {%- endfor %}
            and {{ name }}.compared_as = {{ sql_text(compared_as) }}
{%- endfor %}
