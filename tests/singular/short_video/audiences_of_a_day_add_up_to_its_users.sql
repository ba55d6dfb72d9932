-- Areas may be stacked only of parts that do not overlap.
select
    period_start,
    sum(case when dimension = 'audience' then value else 0 end) as users_of_audiences,
    sum(case when dimension = 'all' then value else 0 end) as users_of_the_day
from {{ ref('mart_feature_active_users') }}
where
    statistic = 'value'
    and dimension in ('all', 'audience')
group by period_start
having sum(case when dimension = 'audience' then value else -value end) <> 0
