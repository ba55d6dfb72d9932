-- The model applied in SQL, so that a score can be followed by hand: the logistic function of the
-- intercept and each standardised feature times its coefficient.
with

logits as (

    select
        features.user_id,
        features.cutoff_date,
        sum(parts.coefficient * (features.feature_value - parts.feature_mean) / parts.feature_scale) as logit
    from {{ recent(ref('fct_messenger__churn_features')) }} as features
    inner join {{ ref('fct_messenger__churn_model') }} as parts
        on
            features.cutoff_date = cast(parts.cutoff_date as date)
            and features.feature = parts.part
    group by
        features.user_id,
        features.cutoff_date

),

settings as (

    select
        cast(cutoff_date as date) as cutoff_date,
        max(case when part = 'intercept' then coefficient end) as intercept,
        max(case when part = 'threshold' then coefficient end) as threshold
    from {{ ref('fct_messenger__churn_model') }}
    group by cast(cutoff_date as date)

),

scores as (

    select
        logits.user_id,
        logits.cutoff_date,
        settings.threshold,
        -- Rounded, so that equal features give the same score, whatever the order of the sum.
        round(1 / (1 + exp(-(settings.intercept + logits.logit))), 12) as churn_score
    from logits
    inner join settings
        on logits.cutoff_date = settings.cutoff_date

)

select
    risks.user_id,
    risks.month_start,
    risks.cutoff_date,
    risks.platform,
    risks.country,
    scores.churn_score,
    scores.threshold,
    risks.has_churned,
    risks.has_significant_drop,
    risks.has_sustained_low_activity,
    risks.has_high_inactivity,
    scores.churn_score >= scores.threshold as is_at_risk
from {{ recent(ref('fct_messenger__churn_risks')) }} as risks
inner join scores
    on
        risks.user_id = scores.user_id
        and risks.cutoff_date = scores.cutoff_date
