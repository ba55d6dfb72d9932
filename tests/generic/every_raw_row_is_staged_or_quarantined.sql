{#-
    Conservation: raw rows = staged + duplicates + rejected, and none of the events is staged twice. Staging knows
    copies that lie at most follow_up_days apart; those further apart show here. A daily build looks for the
    ids of the days built again among all. Returns the counts where one is wrong. dbt would warn of the source of a
    scenario that is switched off.
-#}

{% test every_raw_row_is_staged_or_quarantined(model, scenario, event) %}
{%- set first_day = first_day_to_stage(scenario) if execute and flags.WHICH == 'build' %}
{%- if execute %}
    {%- set raw_rows_of_event = raw_row_count(scenario, event) %}
{%- elif not is_switched_off(scenario) %}
    {%- set raw_rows_of_event = raw_event(scenario, event) %}
{%- endif %}

with

counts as (

    select
        {{ raw_rows_of_event }} as raw_rows,
        (select count(*) from {{ model }}) as staged_rows,
        (
            select count(*)
            from {{ ref(scenario ~ '__quarantine') }}
            where event_name = {{ sql_text(event) }} and disposition = 'duplicate'
        ) as duplicate_rows,
        (
            select count(*)
            from {{ ref(scenario ~ '__quarantine') }}
            where event_name = {{ sql_text(event) }} and disposition = 'rejected'
        ) as rejected_rows,
        (
            select count(*)
            from (
                select staged.event_id
                from {{ model }} as staged
                {%- if first_day %}
                where
                    exists (
                        select 1
                        from {{ model }} as built
                        where
                            built.event_id = staged.event_id
                            and built.event_at >= cast('{{ first_day }}' as date)
                    )
                {%- endif %}
                group by staged.event_id
                having count(*) > 1
            ) as repeated
        ) as event_ids_staged_again

)

select *
from counts
where
    raw_rows <> staged_rows + duplicate_rows + rejected_rows
    or event_ids_staged_again > 0

{% endtest %}
