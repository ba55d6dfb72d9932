{#- Filled by look_at_raw_days before a run; a full refresh of one scenario must not forget the others. -#}
{{ config(materialized='incremental', incremental_strategy='append', full_refresh=false) }}

select
    cast(null as {{ engine_type('string') }}) as scenario,
    cast(null as {{ engine_type('string') }}) as event_name,
    cast(null as date) as kept_on,
    cast(null as bigint) as files,
    cast(null as bigint) as bytes,
    cast(null as timestamp) as changed_at,
    cast(null as bigint) as raw_rows,
    cast(null as {{ engine_type('string') }}) as fingerprint,
    cast(null as {{ engine_type('string') }}) as built_fingerprint
where 1 = 0
