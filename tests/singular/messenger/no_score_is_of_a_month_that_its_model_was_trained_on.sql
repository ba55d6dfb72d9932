-- What became of the users of a month is known 30 days after its cut-off. A model that has seen any of it by the
-- cut-off that it scores, or later, is judged on its own answers.
select
    scores.user_id,
    scores.cutoff_date,
    parts.part,
    parts.trained_to
from {{ ref('fct_messenger__churn_scores') }} as scores
inner join {{ ref('fct_messenger__churn_model') }} as parts
    on scores.cutoff_date = cast(parts.cutoff_date as date)
where
    scores.cutoff_date <= cast(parts.trained_to as date)
    or scores.cutoff_date < cast({{ dbt.dateadd('day', 30, 'parts.trained_to') }} as date)
