{%- set rules = ['has_significant_drop', 'has_sustained_low_activity', 'has_high_inactivity'] %}

with

scored_users as (

    select * from {{ ref('fct_messenger__churn_scores') }}

),

monthly as (

    {{ metric_by_period(
        rows='scored_users',
        day='month_start',
        dates=ref('dim_messenger__dates'),
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
        count(*) as users,
        count(case when scored_users.has_churned then 1 end) as churners,
        {%- for rule in rules %}
            count(case when scored_users.{{ rule }} then 1 end) as {{ rule }}_flagged,
            count(case when scored_users.{{ rule }} and scored_users.has_churned then 1 end) as {{ rule }}_hits,
        {%- endfor %}
        count(case when scored_users.is_at_risk then 1 end) as flagged,
        count(case when scored_users.is_at_risk and scored_users.has_churned then 1 end) as hits
    from judged_months
    inner join scored_users
        on
            judged_months.month_start >= scored_users.month_start
            and scored_users.has_churned is not null
    group by judged_months.month_start

),

judgements as (

    select
        month_start,
        'lower_of_precision_and_recall' as statistic,
        least(1e0 * hits / nullif(flagged, 0), 1e0 * hits / nullif(churners, 0)) as value
    from held_out_so_far
    union all
    select
        month_start,
        'f1' as statistic,
        2e0 * hits / nullif(flagged + churners, 0) as value
    from held_out_so_far
    union all
    select
        month_start,
        'best_rule_f1' as statistic,
        greatest(
            {%- for rule in rules %}
                2e0 * {{ rule }}_hits / nullif({{ rule }}_flagged + churners, 0)
                {{- ',' if not loop.last }}
            {%- endfor %}
        ) as value
    from held_out_so_far
    union all
    select
        month_start,
        'flag_everybody_f1' as statistic,
        2e0 * churners / nullif(users + churners, 0) as value
    from held_out_so_far

)

select * from monthly
union all
select
    monthly.period_grain,
    monthly.period_start,
    monthly.dimension,
    monthly.member,
    judgements.statistic,
    cast(null as {{ engine_type('double') }}) as numerator,
    cast(null as {{ engine_type('double') }}) as denominator,
    judgements.value,
    monthly.is_complete
from monthly
inner join judgements
    on monthly.period_start = judgements.month_start
where
    monthly.statistic = 'value'
    and monthly.dimension = 'all'
