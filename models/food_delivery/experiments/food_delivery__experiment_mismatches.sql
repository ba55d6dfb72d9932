-- A view of its own and the end of its line: a failing test stops whatever is built after the models
-- that it reads, and a broken split must not keep the readout from saying so.
select
    dimension,
    member,
    units,
    chi_square,
    p_value,
    alpha
from {{ ref('food_delivery__experiment_split') }}
where is_mismatch
