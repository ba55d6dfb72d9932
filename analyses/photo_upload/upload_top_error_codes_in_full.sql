-- question: 7.1.1 Photo upload experience quality
-- goal: Failures are few, and their causes are known.
-- metric: upload_top_error_codes, errors with the code / errors, errors with the code or a commoner one / errors
--         (cumulative_share), errors with the code / flows (per_flow), and users with the code / users (users_hit), of
--         all codes and for each
-- trap: the share of one code rises when another is fixed, and one phone in a tunnel makes fifty errors
-- note: cancelled_by_user is no error
-- grain: week
with

flows as (

    select
        user_id,
        session_id,
        cast(date_trunc('week', event_at) as date) as period_start
    from {{ ref('stg_photo_upload__upload_flow_initiated') }}

),

totals as (

    select
        period_start,
        count(*) as flows,
        count(distinct user_id) as users
    from flows
    group by period_start

),

errors as (

    select
        flows.period_start,
        failures.user_id,
        failures.error_code
    from flows
    inner join {{ ref('stg_photo_upload__upload_failure') }} as failures
        on
            flows.user_id = failures.user_id
            and flows.session_id = failures.session_id
    where failures.error_code <> 'cancelled_by_user'

),

all_codes as (

    select distinct error_code from errors

),

codes as (

    select
        totals.period_start,
        totals.flows,
        totals.users,
        all_codes.error_code,
        count(errors.user_id) as errors,
        count(distinct errors.user_id) as users_with_it
    from totals
    cross join all_codes
    left join errors
        on
            totals.period_start = errors.period_start
            and all_codes.error_code = errors.error_code
    group by
        totals.period_start,
        totals.flows,
        totals.users,
        all_codes.error_code

),

users_with_any as (

    select
        period_start,
        count(distinct user_id) as users_with_any
    from errors
    group by period_start

)

select
    period_start,
    error_code,
    cast(errors as double) / nullif(sum(errors) over (partition by period_start), 0) as value,
    cast(sum(errors) over (
        partition by period_start order by errors desc, error_code asc rows between unbounded preceding and current row
    ) as double) / nullif(sum(errors) over (partition by period_start), 0) as cumulative_share,
    cast(errors as double) / flows as per_flow,
    cast(users_with_it as double) / users as users_hit
from codes
union all
select
    totals.period_start,
    'all' as error_code,
    case when sum(codes.errors) > 0 then cast(1 as double) end as value,
    case when sum(codes.errors) > 0 then cast(1 as double) end as cumulative_share,
    cast(sum(codes.errors) as double) / max(totals.flows) as per_flow,
    cast(coalesce(max(users_with_any.users_with_any), 0) as double) / max(totals.users) as users_hit
from totals
inner join codes
    on totals.period_start = codes.period_start
left join users_with_any
    on totals.period_start = users_with_any.period_start
group by totals.period_start
order by period_start
