{#- Filled by finish_daily_builds when a run ends; a full refresh of one scenario must not forget the others. -#}
{{ config(materialized='incremental', incremental_strategy='append', full_refresh=false) }}

select
    cast(null as {{ engine_type('string') }}) as scenario,
    cast(null as {{ engine_type('string') }}) as settings,
    cast(null as date) as last_day
where 1 = 0
