with

-- Flows stand beside the errors, as a code of their own: they are what every code is divided by.
errors_and_flows as (

    select
        flow_date,
        user_id,
        error_code,
        1 as errors,
        0 as flows
    from {{ ref('fct_photo_upload__failures') }}
    where not is_cancelled
    union all
    select
        flow_date,
        user_id,
        'no_error' as error_code,
        0 as errors,
        1 as flows
    from {{ ref('fct_photo_upload__flows') }}

),

counted as (

    {{ metric_by_period(
        rows='errors_and_flows',
        day='flow_date',
        dates=ref('dim_photo_upload__dates'),
        statistics={
            'value': {
                'numerator': 'sum(errors)',
                'denominator': 'sum(errors)',
            },
            'cumulative_share': {
                'numerator': 'sum(errors)',
                'denominator': 'sum(errors)',
            },
            'per_flow': {
                'numerator': 'sum(errors)',
                'denominator': 'sum(flows)',
            },
            'users_hit': {
                'numerator': 'count(distinct case when errors = 1 then user_id end)',
                'denominator': 'count(distinct user_id)',
            },
        },
        requires=[ref('fct_photo_upload__flows'), ref('fct_photo_upload__failures')],
    ) | trim | indent(4) }}

),

parts as (

    select
        codes.period_grain,
        codes.period_start,
        codes.dimension,
        codes.member,
        codes.statistic,
        totals.denominator,
        codes.is_complete,
        case codes.statistic
            when 'cumulative_share'
                then sum(codes.numerator) over (
                    partition by codes.period_grain, codes.period_start, codes.dimension, codes.statistic
                    order by codes.numerator desc, codes.member asc
                    rows between unbounded preceding and current row
                )
            else codes.numerator
        end as numerator
    from counted as codes
    inner join counted as totals
        on
            codes.period_grain = totals.period_grain
            and codes.period_start = totals.period_start
            and codes.statistic = totals.statistic
            and totals.dimension = 'all'
    where codes.member <> 'no_error'

),

valued_parts as (

    select
        *,
        numerator / nullif(denominator, 0) as value
    from parts

)

select
    period_grain,
    period_start,
    dimension,
    member,
    statistic,
    numerator,
    denominator,
    value,
    is_complete
from valued_parts
