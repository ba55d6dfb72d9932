-- A view of its own and the end of its line: a failing test stops whatever is built after the models that it reads, and
-- a bad release must not keep the comparison from saying so.
with

last_days as (

    select max(date_day) as last_day
    from {{ ref('dim_photo_upload__dates') }}

),

shares as (

    select
        attempts.app_version,
        1e0 * count(*) / sum(count(*)) over () as share_of_attempts
    from {{ ref('fct_photo_upload__attempts') }} as attempts
    cross join last_days
    where attempts.flow_date > cast({{ dbt.dateadd('day', -8, 'last_days.last_day') }} as date)
    group by attempts.app_version

)

select
    regressions.app_version,
    regressions.previous_app_version,
    regressions.dimension,
    regressions.segment,
    regressions.measure,
    regressions.value,
    regressions.previous_value,
    regressions.interval_low,
    regressions.interval_high,
    regressions.adjusted_p_value,
    coalesce(shares.share_of_attempts, 0e0) as share_of_attempts
from {{ ref('photo_upload__release_comparison') }} as regressions
left join shares
    on regressions.app_version = shares.app_version
where regressions.is_regression
