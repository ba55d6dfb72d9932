-- A view of its own and the end of its line: a failing test stops whatever is built after the models
-- that it reads, and a missed target must not keep the catalog from saying so.
{{ missed_targets(ref('messenger__target_status')) }}
