{%- set rules = ['has_significant_drop', 'has_sustained_low_activity', 'has_high_inactivity'] %}

with

held_out as (

    select *
    from {{ ref('fct_messenger__churn_scores') }}
    where has_churned is not null

),

-- A rule ranks users in two: those it flags, and the others. Flagging everybody takes no skill.
predictions as (

    select
        'model' as predictor,
        is_at_risk as is_flagged,
        churn_score as score,
        has_churned
    from held_out
    union all
    select
        'everybody' as predictor,
        true as is_flagged,
        1e0 as score,
        has_churned
    from held_out
    {%- for rule in rules %}
        union all
        select
            {{ sql_text(rule) }} as predictor,
            {{ rule }} as is_flagged,
            case when {{ rule }} then 1e0 else 0e0 end as score,
            has_churned
        from held_out
    {%- endfor %}

),

counts as (

    select
        predictor,
        count(*) as users,
        count(case when has_churned then 1 end) as churners,
        count(case when is_flagged then 1 end) as flagged,
        count(case when is_flagged and has_churned then 1 end) as hits
    from predictions
    group by predictor

),

-- Users with the same score are flagged together, whatever the threshold.
thresholds as (

    select
        predictor,
        score,
        count(case when has_churned then 1 end) as churners_at_score,
        sum(count(*)) over (partition by predictor order by score desc) as users_from_score,
        sum(count(case when has_churned then 1 end)) over (partition by predictor order by score desc)
            as churners_from_score
    from predictions
    group by
        predictor,
        score

),

average_precisions as (

    select
        predictor,
        sum(1e0 * churners_at_score * churners_from_score / users_from_score) / nullif(sum(churners_at_score), 0)
            as average_precision
    from thresholds
    group by predictor

),

figures as (

    select
        counts.predictor,
        counts.users,
        counts.churners,
        counts.flagged,
        counts.hits,
        average_precisions.average_precision,
        1e0 * counts.churners / nullif(counts.users, 0) as base_rate,
        1e0 * counts.hits / nullif(counts.flagged, 0) as precision_at_threshold,
        1e0 * counts.hits / nullif(counts.churners, 0) as recall_at_threshold,
        2e0 * counts.hits / nullif(counts.flagged + counts.churners, 0) as f1_score
    from counts
    inner join average_precisions
        on counts.predictor = average_precisions.predictor

)

select
    *,
    predictor in ({{ sql_texts(rules) }})
    and rank() over (
        partition by predictor in ({{ sql_texts(rules) }})
        order by f1_score desc, predictor asc
    ) = 1 as is_best_rule
from figures
