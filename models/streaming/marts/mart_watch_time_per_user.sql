with

user_days as (

    select * from {{ recent(ref('fct_streaming__user_days')) }}

),

active_days as (

    select *
    from user_days
    where is_active

)

{%- set requires = [ref('fct_streaming__sessions'), ref('fct_streaming__playbacks')] %}

select * from (
    {{ user_distribution(
        rows='active_days',
        user='user_id',
        amount='sum(logged_watch_ms) / 60000e0 / count(*)',
        day='activity_date',
        dates=ref('dim_streaming__dates'),
        percentiles={'p50': 0.5, 'p90': 0.9},
        requires=requires,
    ) | trim | indent(4) }}
) as means_of_users
union all
select * from (
    {{ metric_by_period(
        rows='user_days',
        day='activity_date',
        dates=ref('dim_streaming__dates'),
        statistics={
            'watched': {
                'numerator': '60 * sum(watched_hours)',
                'denominator': 'count(case when is_active then 1 end)',
            },
        },
        requires=requires,
    ) | trim | indent(4) }}
) as all_days
