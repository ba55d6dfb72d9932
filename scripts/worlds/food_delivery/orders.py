"""Orders: where they come from, when the food is ready, and how long it waits for a courier."""

from dataclasses import dataclass

import numpy as np

from scripts.worlds.envelope import Booleans, Floats, Integers
from scripts.worlds.food_delivery.population import KM_PER_DEGREE
from scripts.worlds.food_delivery.settings import (
    CARRY_OVER_SECONDS,
    DISTANCE_BANDS,
    DISTANCE_SHARES,
    ESTIMATES,
    HOUR_SHARES,
    MINUTES_PER_KM,
    PAIR_ANGLE,
    PAIR_GAP_SECONDS,
    PAIR_SPREAD_KM,
    RESTAURANTS_PER_ZONE,
    STREET_FACTOR,
    WEEKDAY,
    WINDOW_HOURS,
    WINDOWS,
    Causes,
)
from scripts.worlds.food_delivery.world import World, meal_of
from scripts.worlds.kit.day import Day
from scripts.worlds.kit.hours import arrivals, seconds_in
from scripts.worlds.kit.people import around_one


@dataclass(frozen=True)
class Orders:
    """Orders of one day, one entry each; the second ones of pairs follow after all others.

    Attributes:
        number: order numbers.
        customer: who orders.
        zone, restaurant: where; a restaurant is one of its zone's.
        placed: second at which it is placed.
        partner: position of the other order of its pair, -1 without one.
        version: algorithm of its zone and window.
        distance: kilometres as the crow flies.
        bearing: direction of the door from the restaurant, in radians.
        estimate: minutes that the kitchen says it needs.
        ready: second at which the food is ready.
        wait: seconds from then until a courier of its own would leave with it.
        expected_wait: minutes of that on average, as of no freed courier.
        is_planned: whether the algorithm means to batch it with its partner.
        is_lost: whether it is never delivered.
        value: what is eaten costs.
    """

    number: Integers
    customer: Integers
    zone: Integers
    restaurant: Integers
    placed: Integers
    partner: Integers
    version: Integers
    distance: Floats
    bearing: Floats
    estimate: Floats
    ready: Integers
    wait: Floats
    expected_wait: Floats
    is_planned: Booleans
    is_lost: Booleans
    value: Floats

    def promised(self, causes: Causes) -> Integers:
        """Second at which customers are told to expect each order when they place it."""
        travel = STREET_FACTOR * MINUTES_PER_KM * self.distance + causes.service
        minutes = self.estimate + self.expected_wait + travel + causes.padding
        return np.asarray(self.placed + np.round(60 * minutes).astype(np.int64))


def pair_odds(
    causes: Causes, kind: Integers, meal: Integers, band: Integers, is_slow: Integers
) -> Floats:
    """Give the odds that an occasion is of two orders near each other."""
    odds = (
        np.array(causes.pair_by_meal)[meal]
        * np.array(causes.pair_by_zone)[kind]
        * np.array(causes.pair_by_distance)[band]
        * np.array(causes.pair_by_kitchen)[is_slow]
    )
    return np.asarray(np.minimum(odds, 0.95))


def mean_wait(causes: Causes, kind: Integers, meal: Integers) -> Floats:
    """Give the minutes that food waits for a courier on average, where batching frees nobody."""
    by_meal, by_zone = np.array(causes.wait_by_meal), np.array(causes.wait_by_zone)
    return np.asarray(by_meal[meal] + by_zone[kind])


def place_orders(world: World, day: Day) -> Orders:
    """Let customers order, alone or two near each other, and log it."""
    population, causes = world.population, world.causes
    generator = day.generator
    versions = generator.integers(0, 2, (population.zones, WINDOWS))
    shocks = around_one(generator, causes.window_spread, population.zones * WINDOWS).reshape(
        population.zones, WINDOWS
    )
    rate = causes.occasions * WEEKDAY[day.number % 7] * np.array(HOUR_SHARES)
    zone, hour = arrivals(day, population.zone_sizes[:, None] * rate)
    occasions = len(zone)
    at = seconds_in(day, hour, margin=PAIR_GAP_SECONDS + 1)
    band = day.one_of(DISTANCE_SHARES, occasions)
    restaurant = day.between(0, RESTAURANTS_PER_ZONE, occasions)
    kind, meal, is_slow = population.zone_kind[zone], meal_of(hour), restaurant % 2
    pairs = np.flatnonzero(day.chance(pair_odds(causes, kind, meal, band, is_slow), occasions))

    first, second = np.arange(occasions), pairs
    which = np.concatenate([first, second])
    size = len(which)
    partner = np.full(size, -1)
    partner[pairs] = occasions + np.arange(len(pairs))
    partner[occasions:] = pairs
    sizes = population.zone_sizes[zone]
    turn = np.floor(generator.random(occasions) * sizes).astype(np.int64)
    turn = np.concatenate([turn, (turn[pairs] + 1) % sizes[pairs]])
    zone, hour, band, restaurant, at = (
        values[which] for values in (zone, hour, band, restaurant, at)
    )
    at[occasions:] += day.between(1, PAIR_GAP_SECONDS, len(pairs))

    # Both of a pair lie in one slice of the band, so that they are near each other; where in the
    # band an order lies says nothing of whether it is one of two.
    low, high = np.array(DISTANCE_BANDS).T
    slices = np.round((high - low) / PAIR_SPREAD_KM).astype(np.int64)
    own_slice = np.floor(generator.random(occasions) * slices[band[:occasions]])
    distance = low[band] + PAIR_SPREAD_KM * (own_slice[which] + generator.random(size))
    bearing = 2 * np.pi * generator.random(occasions)[which]
    bearing[occasions:] += PAIR_ANGLE * (2 * generator.random(len(pairs)) - 1)

    window = hour // WINDOW_HOURS
    version = versions[zone, window]
    # At the start of a window couriers are still as free as the version before has left them.
    is_early = at - day.start - window * WINDOW_HOURS * 3_600 < CARRY_OVER_SECONDS
    freeing = versions[zone, np.where(is_early, np.maximum(window - 1, 0), window)]
    meal = meal_of(hour)
    usual = mean_wait(causes, population.zone_kind[zone], meal)
    freed = np.array(causes.freed)[meal] * freeing
    luck = shocks[zone, window] * around_one(generator, causes.wait_spread, size)
    fastest, slowest = np.array(ESTIMATES).T
    estimate = fastest[restaurant % 2] + (slowest - fastest)[restaurant % 2] * generator.random(
        size
    )
    prepared = estimate * (1 + causes.preparation_spread * generator.standard_normal(size))
    is_planned = np.zeros(size, dtype=bool)
    is_planned[pairs] = day.chance(np.array(causes.batches)[version[pairs]], len(pairs))
    is_planned[occasions:] = is_planned[pairs]
    orders = Orders(
        number=world.orders.next(size),
        customer=population.zone_bounds[zone] + turn,
        zone=zone,
        restaurant=restaurant,
        placed=at,
        partner=partner,
        version=version,
        distance=distance,
        bearing=bearing,
        estimate=estimate,
        ready=at + np.round(60 * prepared).astype(np.int64),
        wait=60 * (usual - freed) * luck,
        expected_wait=usual,
        is_planned=is_planned,
        is_lost=day.chance(causes.undelivered, size),
        value=day.amounts(causes.order_value, 6.0, size),
    )
    _log(world, day, orders)
    return orders


def _log(world: World, day: Day, orders: Orders) -> None:
    causes, population = world.causes, world.population
    latitude = population.restaurant_latitude[orders.zone, orders.restaurant]
    longitude = population.restaurant_longitude[orders.zone, orders.restaurant]
    north = orders.distance * np.cos(orders.bearing) / KM_PER_DEGREE
    east = orders.distance * np.sin(orders.bearing) / KM_PER_DEGREE / np.cos(np.radians(latitude))
    fee = (causes.fee + causes.fee_per_km * orders.distance) * np.array(causes.fee_factor)[
        orders.version
    ]
    # When it is placed, nobody knows who will deliver it; for some the algorithm hopes in vain.
    hopes = day.chance(causes.expects_partner, len(orders.number)) & (orders.partner < 0)
    day.log(
        "order_placed",
        orders.placed,
        orders.customer,
        order_id=orders.number,
        restaurant_id=orders.zone * RESTAURANTS_PER_ZONE + orders.restaurant + 1,
        zone_id=orders.zone + 1,
        is_batched_order=orders.is_planned | hopes,
        estimated_delivery_time_ts=orders.promised(causes),
        estimated_preparation_minutes=orders.estimate,
        restaurant_latitude=latitude,
        restaurant_longitude=longitude,
        customer_latitude=latitude + north,
        customer_longitude=longitude + east,
        order_value_usd=orders.value,
        platform_fee_usd=fee,
        algorithm_version=orders.version,
    )
