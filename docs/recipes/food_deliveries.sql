-- How much longer a delivery takes that shares its trip with others, of the published food deliveries: as they
-- are, and of alike traffic, distance and hour. docs/comparisons.md shows what it answers.
--
--   dbt show --quiet --target memory --limit -1 --output json \
--     --inline "$(cat docs/recipes/food_deliveries.sql)" --vars '{deliveries_file: food_deliveries.csv.gz}'

with deliveries as (

    select
        case when multiple_deliveries >= 1 then 'batched' else 'single' end as variant,
        "Time_taken(min)" as minutes,
        case
            when Road_traffic_density_Jam = 1 then 'jam'
            when Road_traffic_density_Medium = 1 then 'medium'
            when Road_traffic_density_Low = 1 then 'low'
            else 'high'
        end as traffic,
        ntile(5) over (order by DeliveryDistance) as distance_fifth,
        OrderTime as order_hour
    from read_csv('{{ var("deliveries_file") }}')

),

raw as ({{ standardised_difference('deliveries', 'minutes', 'batched', 'single') }}),

strata as ({{ standardised_difference(
    'deliveries', 'minutes', 'batched', 'single', strata=['traffic', 'distance_fifth', 'order_hour'],
) }})

select 'raw' as estimate, * from raw
union all
select 'strata' as estimate, * from strata
