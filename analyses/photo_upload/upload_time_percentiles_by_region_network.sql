-- question: 7.1.1 Photo upload experience quality
-- goal: The upload feels fast, and the app answers at once.
-- metric: upload_time_percentiles by region_network, the seconds that 90 % of all uploads do not exceed
--         (p90_with_failures), and uploads done within 8 seconds / all (within_8_seconds)
-- grain: month
-- reads: the fact of photos and videos, which has how long each was waited for
select
    region_network,
    cast(date_trunc('month', flow_date) as date) as period_start,
    -- trap: P90 of those that succeed drops who was slow enough to fail; here they took for ever
    min(case when 10 * place >= 9 * uploads then upload_seconds end) as p90_with_failures,
    cast(count(case when upload_seconds <= 8 then 1 end) as double) / count(*) as within_8_seconds
from (
    select
        *,
        count(*) over (partition by region_network, date_trunc('month', flow_date)) as uploads,
        row_number() over (
            partition by region_network, date_trunc('month', flow_date) order by upload_seconds is null, upload_seconds
        ) as place
    from {{ ref('fct_photo_upload__media') }}
    where outcome <> 'pending'
) as media
group by region_network, cast(date_trunc('month', flow_date) as date)
order by period_start, region_network
