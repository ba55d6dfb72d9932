with

scored_users as (

    select * from {{ ref('fct_messenger__churn_scores') }}

),

monthly as (

    {{ metric_by_period(
        rows='scored_users',
        day='month_start',
        dates=ref('dim_messenger__dates'),
        slices=['platform', 'country'],
        statistics={
            'value': {
                'numerator': 'count(case when is_at_risk then 1 end)',
                'denominator': 'count(*)',
            },
            'base_rate': {
                'numerator': 'count(case when has_churned then 1 end)',
                'denominator': 'count(has_churned)',
            },
            'precision': {
                'numerator': 'count(case when is_at_risk and has_churned then 1 end)',
                'denominator': 'count(case when is_at_risk and has_churned is not null then 1 end)',
            },
            'recall': {
                'numerator': 'count(case when is_at_risk and has_churned then 1 end)',
                'denominator': 'count(case when has_churned then 1 end)',
            },
        },
        requires=[ref('fct_messenger__churn_scores')],
        grains=['month'],
    ) | trim | indent(4) }}

),

judged_months as (

    select distinct month_start
    from scored_users
    where has_churned is not null

),

-- Months are small, so what the target judges is pooled over all months held out so far.
held_out_so_far as (

    select
        judged_months.month_start,
        count(case when scored_users.is_at_risk and scored_users.has_churned then 1 end) as hits,
        count(case when scored_users.is_at_risk then 1 end) as flagged,
        count(case when scored_users.has_churned then 1 end) as churners
    from judged_months
    inner join scored_users
        on
            judged_months.month_start >= scored_users.month_start
            and scored_users.has_churned is not null
    group by judged_months.month_start

)

select * from monthly
union all
select
    monthly.period_grain,
    monthly.period_start,
    monthly.dimension,
    monthly.member,
    'lower_of_precision_and_recall' as statistic,
    cast(null as {{ engine_type('double') }}) as numerator,
    cast(null as {{ engine_type('double') }}) as denominator,
    least(
        1e0 * held_out_so_far.hits / nullif(held_out_so_far.flagged, 0),
        1e0 * held_out_so_far.hits / nullif(held_out_so_far.churners, 0)
    ) as value,
    monthly.is_complete
from monthly
inner join held_out_so_far
    on monthly.period_start = held_out_so_far.month_start
where
    monthly.statistic = 'value'
    and monthly.dimension = 'all'
