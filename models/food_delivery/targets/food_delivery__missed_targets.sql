-- A view of its own and the end of its line: a failing test stops whatever is built after the models that it
-- depends on, so the tests of targets depend on this one: a miss must not keep the catalog from saying so.
{{ missed_targets(ref('food_delivery__target_status')) }}
