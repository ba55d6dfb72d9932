-- Tenths of the held-out users by their score: where the model says one in three, one in three should leave.
with

ranked as (

    select
        *,
        ntile(10) over (order by churn_score, cutoff_date, user_id) as score_tenth
    from {{ ref('fct_messenger__churn_scores') }}
    where has_churned is not null

)

select
    cast(score_tenth as {{ engine_type('integer') }}) as score_tenth,
    count(*) as users,
    avg(churn_score) as mean_score,
    avg(case when has_churned then 1e0 else 0e0 end) as churned_share
from ranked
group by score_tenth
