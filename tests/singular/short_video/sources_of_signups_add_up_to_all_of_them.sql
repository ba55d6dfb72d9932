-- Each signup has one source, in every period and slice.
select
    period_grain,
    period_start,
    dimension,
    member,
    sum(numerator) as attributed,
    max(denominator) as signups
from {{ ref('mart_reels_attributed_signups') }}
where statistic <> 'value'
group by
    period_grain,
    period_start,
    dimension,
    member
having sum(numerator) <> max(denominator)
