{#-
    Conservation: raw rows = staged + duplicates + rejected. Returns the counts where they differ.
-#}

{% test every_raw_row_is_staged_or_quarantined(model, scenario, event) %}

with

counts as (

    select
        (select count(*) from {{ raw_event(scenario, event) }}) as raw_rows,
        (select count(*) from {{ model }}) as staged_rows,
        (
            select count(*)
            from {{ ref(scenario ~ '__quarantine') }}
            where event_name = '{{ event }}' and disposition = 'duplicate'
        ) as duplicate_rows,
        (
            select count(*)
            from {{ ref(scenario ~ '__quarantine') }}
            where event_name = '{{ event }}' and disposition = 'rejected'
        ) as rejected_rows

)

select *
from counts
where raw_rows <> staged_rows + duplicate_rows + rejected_rows

{% endtest %}
