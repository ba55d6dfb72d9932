with

active_days as (

    select *
    from {{ recent(ref('fct_stickiness__user_days')) }}
    where is_active

),

means as (

    {{ metric_by_period(
        rows='active_days',
        day='activity_date',
        dates=ref('dim_stickiness__dates'),
        statistics={
            'value': {
                'numerator': 'sum(session_seconds) / 60e0',
                'denominator': 'count(*)',
            },
            'per_session': {
                'numerator': 'sum(session_seconds) / 60e0',
                'denominator': 'sum(sessions)',
            },
        },
        requires=[ref('fct_stickiness__sessions')],
    ) | trim | indent(4) }}

),

distributions as (

    {{ user_distribution(
        rows='active_days',
        user='user_id',
        amount='sum(session_seconds) / 60e0',
        day='activity_date',
        dates=ref('dim_stickiness__dates'),
        percentiles={'p50': 0.5, 'p90': 0.9},
        requires=[ref('fct_stickiness__sessions')],
        grains=['day'],
    ) | trim | indent(4) }}

)

select * from means
union all
select *
from distributions
where statistic <> 'value'
