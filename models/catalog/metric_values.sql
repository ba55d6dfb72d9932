select
    'ride_sharing' as scenario,
    metric_id,
    period_grain,
    period_start,
    dimension,
    member,
    statistic,
    numerator,
    denominator,
    value,
    is_complete
from {{ ref('ride_sharing__metric_values') }}
union all
select
    'cloud_storage' as scenario,
    metric_id,
    period_grain,
    period_start,
    dimension,
    member,
    statistic,
    numerator,
    denominator,
    value,
    is_complete
from {{ ref('cloud_storage__metric_values') }}
union all
select
    'messenger' as scenario,
    metric_id,
    period_grain,
    period_start,
    dimension,
    member,
    statistic,
    numerator,
    denominator,
    value,
    is_complete
from {{ ref('messenger__metric_values') }}
