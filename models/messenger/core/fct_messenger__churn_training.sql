with

months as (

    select
        snapshots.cutoff_date,
        count(snapshots.has_churned) as training_rows,
        count(case when snapshots.has_churned then 1 end) as training_churners,
        {{ rows_fingerprint('snapshots') }} as fingerprint
    from {{ ref('fct_messenger__user_snapshots') }} as snapshots
    group by snapshots.cutoff_date

)

-- What a month's model may learn from: the months whose 30 days after the cut-off had passed by its own.
select
    months.cutoff_date,
    min(earlier.cutoff_date) as trained_from,
    max(earlier.cutoff_date) as trained_to,
    cast(sum(earlier.training_rows) as {{ engine_type('integer') }}) as training_rows,
    cast(sum(earlier.training_churners) as {{ engine_type('integer') }}) as training_churners,
    md5({{ joined_texts('earlier.fingerprint', ' ') }}) as fingerprint
from months
inner join months as earlier
    on months.cutoff_date >= {{ dbt.dateadd('day', 30, 'earlier.cutoff_date') }}
group by months.cutoff_date
