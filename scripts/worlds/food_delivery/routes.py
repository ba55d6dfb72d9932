"""Routes: which orders share one, who is offered it, who takes it, and how it goes."""

from dataclasses import dataclass

import numpy as np

from scripts.worlds.envelope import Booleans, Floats, Integers
from scripts.worlds.food_delivery.events import ACCEPTED, REJECTED
from scripts.worlds.food_delivery.orders import Orders
from scripts.worlds.food_delivery.population import COURIERS_PER_ZONE
from scripts.worlds.food_delivery.settings import (
    DINNER_COURIERS,
    DINNER_HOUR,
    DINNER_SHIFT,
    LUNCH_COURIERS,
    LUNCH_SHIFT,
    MINUTES_PER_KM,
    MOST_OFFERS,
    SHIFT_CHANGE,
    STREET_FACTOR,
)
from scripts.worlds.food_delivery.world import World
from scripts.worlds.kit.day import Day
from scripts.worlds.kit.people import around_one

_OFFERS_APART = 40
_ANSWERED_AFTER = 15
_ACCEPTED_AFTER = 240
"""Seconds after the last order is placed at which a courier has accepted at the earliest."""


@dataclass
class Routes:
    """Trips of couriers, one entry each: batches of two orders, then single orders.

    Attributes:
        first, second: positions of the orders by drop-off; -1 where there is no second.
        batch: number of the batch that is accepted.
        failed_offers: couriers to whom it was offered in vain.
        accepted: second at which its courier accepts.
        pickup: second at which the courier leaves the restaurant.
        drop: seconds of the drop-offs, shape (routes, 2).
        driven: kilometres driven to each from the restaurant, shape (routes, 2).
        approach: kilometres driven to the restaurant.
        straight: kilometres of the route as the crow flies, without the approach.
        courier: actor.
    """

    first: Integers
    second: Integers
    batch: Integers
    failed_offers: Integers
    accepted: Integers
    pickup: Integers
    drop: Integers
    driven: Floats
    approach: Floats
    straight: Floats
    courier: Integers

    @property
    def is_batch(self) -> Booleans:
        """Which have two orders."""
        return self.second >= 0

    @property
    def last_drop(self) -> Integers:
        """Second of each route's last drop-off."""
        return np.where(self.is_batch, self.drop[:, 1], self.drop[:, 0])


def between_doors(orders: Orders, first: Integers, second: Integers) -> Floats:
    """Give the kilometres from one order's door to that of another of the same restaurant."""
    angle = orders.bearing[first] - orders.bearing[second]
    near, far = orders.distance[first], orders.distance[second]
    return np.sqrt(near**2 + far**2 - 2 * near * far * np.cos(angle))


def deliver(world: World, day: Day, orders: Orders) -> Routes:
    """Batch orders, offer routes to couriers, and let these deliver."""
    causes = world.causes
    leads = np.flatnonzero(orders.partner > np.arange(len(orders.number)))
    others = orders.partner[leads]
    is_whole = ~orders.is_lost[leads] & ~orders.is_lost[others]
    tried = orders.is_planned[leads] & is_whole
    offers_needed = day.generator.geometric(causes.accepts_batch, len(leads))
    is_taken = offers_needed <= MOST_OFFERS

    lead, other = leads[tried & is_taken], others[tried & is_taken]
    is_nearer = orders.distance[lead] <= orders.distance[other]
    batched = np.zeros(len(orders.number), dtype=bool)
    batched[lead] = batched[other] = True
    single = np.flatnonzero(~batched & ~orders.is_lost)
    routes = _plan(
        world,
        day,
        orders,
        np.concatenate([np.where(is_nearer, lead, other), single]),
        np.concatenate([np.where(is_nearer, other, lead), np.full(len(single), -1)]),
        np.concatenate(
            [
                offers_needed[tried & is_taken] - 1,
                (~day.chance(causes.accepts_single, len(single))).astype(np.int64),
            ]
        ),
    )
    _give_to_couriers(world, day, orders, routes)
    given_up = tried & ~is_taken
    _offer_in_vain(world, day, orders, leads[given_up], others[given_up])
    _offer(world, day, orders, routes)
    _log_trips(world, day, orders, routes)
    _log_sessions(world, day, routes)
    return routes


def _plan(
    world: World,
    day: Day,
    orders: Orders,
    first: Integers,
    second: Integers,
    failed_offers: Integers,
) -> Routes:
    """Say when each route would be accepted and driven if a courier is free."""
    causes, size = world.causes, len(first)
    is_batch = second >= 0
    # A route that nobody shares has its order twice, of which the second counts for nothing.
    last = np.where(is_batch, second, first)
    leader = np.where(orders.placed[first] <= orders.placed[last], first, last)
    ready = np.maximum(orders.ready[first], orders.ready[last])
    placed = np.maximum(orders.placed[first], orders.placed[last])
    held = np.where(is_batch, 60 * causes.hold, 0.0)
    pickup = ready + np.round(orders.wait[leader] + held).astype(np.int64)
    apart = np.where(is_batch, between_doors(orders, first, last), 0.0)
    legs = np.stack([orders.distance[first], apart], axis=1)
    wander = np.where(is_batch, causes.wander, 1.0)
    factor = STREET_FACTOR * wander * around_one(day.generator, causes.driving_spread, size)
    driven = np.cumsum(legs * factor[:, None], axis=1)
    seconds = 60 * (MINUTES_PER_KM * driven + causes.service * np.arange(1, 3))
    low, high = causes.lead
    lead = 60 * (low + (high - low) * day.generator.random(size))
    lead += np.where(is_batch, 60 * causes.courier_hold, 0.0)
    accepted = np.maximum(pickup - lead.astype(np.int64), placed + _ACCEPTED_AFTER)
    return Routes(
        first=first,
        second=second,
        batch=np.full(size, -1),
        failed_offers=failed_offers,
        accepted=accepted,
        pickup=np.maximum(pickup, accepted + 60),
        drop=np.round(seconds).astype(np.int64),
        driven=driven,
        approach=day.amounts(0.8, 4.0, size),
        straight=legs.sum(axis=1),
        courier=np.full(size, -1),
    )


def _is_dinner_shift(day: Day, at: Integers) -> Booleans:
    return np.asarray(at - day.start >= SHIFT_CHANGE * 3_600)


def _give_to_couriers(world: World, day: Day, orders: Orders, routes: Routes) -> None:
    """Give each route to the courier who has been free for longest; who is busy comes later."""
    zone = orders.zone[routes.first]
    is_dinner = _is_dinner_shift(day, routes.accepted)
    shift = 2 * zone + is_dinner
    order = np.lexsort((routes.accepted, shift))
    turn = np.arange(len(order)) - np.searchsorted(shift[order], shift[order])
    free = np.full((2 * world.population.zones, DINNER_COURIERS), -1.0)
    free += day.generator.random(free.shape)
    free[::2, LUNCH_COURIERS:] = np.inf
    takes = np.where(routes.is_batch, routes.drop[:, 1], routes.drop[:, 0]) + 60
    for number in range(turn.max(initial=-1) + 1):
        who = order[turn == number]
        chosen = free[shift[who]].argmin(axis=1)
        late = np.maximum(free[shift[who], chosen].astype(np.int64) - routes.accepted[who], 0)
        routes.accepted[who] += late
        routes.pickup[who] += late
        free[shift[who], chosen] = routes.pickup[who] + takes[who]
        routes.courier[who] = (
            world.population.first_courier
            + COURIERS_PER_ZONE * zone[who]
            + np.where(is_dinner[who], LUNCH_COURIERS, 0)
            + chosen
        )
    routes.drop += routes.pickup[:, None]


def _colleague(world: World, courier: Integers, steps: Integers) -> Integers:
    """Give another courier of the same zone and shift."""
    place = (courier - world.population.first_courier) % COURIERS_PER_ZONE
    is_dinner = place >= LUNCH_COURIERS
    first = np.where(is_dinner, LUNCH_COURIERS, 0)
    count = np.where(is_dinner, DINNER_COURIERS, LUNCH_COURIERS)
    return courier - place + first + (place - first + steps) % count


def _pay(
    world: World, day: Day, orders: Orders, order: Integers, straight: Floats, batch: Booleans
) -> tuple[Floats, Floats]:
    """Give what a courier is offered for a route, and the incentive on top."""
    causes = world.causes
    pay = causes.pay + causes.pay_per_km * straight + np.where(batch, causes.pay_for_second, 0.0)
    is_dinner = orders.placed[order] - day.start >= DINNER_HOUR * 3_600
    return pay, np.where(is_dinner, causes.dinner_incentive, 0.0)


def _log_batch(
    world: World, day: Day, orders: Orders, batch: Integers, pair: Integers, at: Integers
) -> None:
    """Log that batches are made, with what the algorithm promises itself of each."""
    first, second = pair.T
    saved = np.maximum(orders.distance[first], orders.distance[second]) - between_doors(
        orders, first, second
    )
    gain = STREET_FACTOR * world.causes.optimism * saved
    day.log(
        "batch_creation_details",
        at,
        np.full(len(batch), world.population.host),
        batch_id=batch,
        order_ids_list=orders.number[pair],
        algorithm_version=orders.version[first],
        predicted_efficiency_gain_km=gain,
        predicted_time_savings_ms=np.round(60_000 * MINUTES_PER_KM * np.maximum(gain, 0)).astype(
            np.int64
        ),
    )


def _log_offers(
    world: World,
    day: Day,
    orders: Orders,
    batch: Integers,
    pair: Integers,
    straight: Floats,
    at: Integers,
    courier: Integers,
    is_accepted: Booleans,
) -> None:
    """Log offers and the answers to them; who does not answer lets the offer time out."""
    size, is_batch = len(batch), pair[:, 1] >= 0
    pay, incentive = _pay(world, day, orders, pair[:, 0], straight, is_batch)
    offer = world.offers.next(size)
    lists = np.where(pair >= 0, orders.number[pair], -1)
    day.log(
        "driver_batch_offer_received",
        at,
        courier,
        offer_id=offer,
        batch_id=batch,
        zone_id=orders.zone[pair[:, 0]] + 1,
        order_ids_list=lists,
        offered_pay_usd=pay,
        incentive_usd=incentive,
    )
    answers = is_accepted | day.chance(world.causes.rejects, size)
    day.log(
        "driver_batch_offer_response",
        at + _ANSWERED_AFTER,
        courier,
        where=answers,
        offer_id=offer,
        batch_id=batch,
        response=np.where(is_accepted, ACCEPTED, REJECTED),
    )


def _offer(world: World, day: Day, orders: Orders, routes: Routes) -> None:
    """Offer routes to couriers until one accepts; a batch is made anew before the last try."""
    is_batch, failed = routes.is_batch, routes.failed_offers
    remade = is_batch & (failed == MOST_OFFERS - 1)
    before = world.batches.where(remade)
    routes.batch[:] = world.batches.next(len(failed))
    pair = np.stack([routes.first, routes.second], axis=1)
    offered = routes.accepted - _ANSWERED_AFTER
    made = offered - failed * _OFFERS_APART - 5
    for batch, where, at in (
        (before, remade, made),
        (routes.batch, is_batch, np.where(remade, offered - 5, made)),
    ):
        _log_batch(world, day, orders, batch[where], pair[where], at[where])
    for number in range(MOST_OFFERS):
        to_come = failed - number
        who = np.flatnonzero(to_come >= 0)
        is_last = to_come[who] == 0
        batch = np.where(remade[who] & ~is_last, before[who], routes.batch[who])
        _log_offers(
            world,
            day,
            orders,
            batch,
            pair[who],
            routes.straight[who],
            offered[who] - to_come[who] * _OFFERS_APART,
            np.where(
                is_last,
                routes.courier[who],
                _colleague(world, routes.courier[who], to_come[who]),
            ),
            is_last,
        )


def _offer_in_vain(world: World, day: Day, orders: Orders, lead: Integers, other: Integers) -> None:
    """Log batches that no courier takes; their orders go out one by one."""
    pair = np.stack([lead, other], axis=1)
    straight = np.minimum(orders.distance[lead], orders.distance[other]) + between_doors(
        orders, lead, other
    )
    at = np.maximum(orders.placed[lead], orders.placed[other]) + 20
    is_dinner = _is_dinner_shift(day, at)
    anybody = (
        world.population.first_courier
        + COURIERS_PER_ZONE * orders.zone[lead]
        + np.where(is_dinner, LUNCH_COURIERS, 0)
        + day.between(0, LUNCH_COURIERS, len(lead))
    )
    batches = [world.batches.next(len(lead)) for _ in range(2)]
    for number in range(MOST_OFFERS):
        batch = batches[number == MOST_OFFERS - 1]
        if number in (0, MOST_OFFERS - 1):
            _log_batch(world, day, orders, batch, pair, at - 5)
        _log_offers(
            world,
            day,
            orders,
            batch,
            pair,
            straight,
            at,
            _colleague(world, anybody, np.full(len(lead), number)),
            np.zeros(len(lead), dtype=bool),
        )
        at = at + _OFFERS_APART


def _log_trips(world: World, day: Day, orders: Orders, routes: Routes) -> None:
    causes = world.causes
    for turn, order in enumerate((routes.first, routes.second)):
        there = order >= 0
        drop = routes.drop[:, turn]
        day.log(
            "driver_pickup_complete",
            routes.pickup,
            routes.courier,
            where=there,
            batch_id=routes.batch,
            order_id=orders.number[order],
            approach_km=routes.approach if turn == 0 else np.zeros(len(order)),
        )
        tip = day.amounts(causes.tip, 2.0, len(order))
        day.log(
            "driver_delivery_complete",
            drop,
            routes.courier,
            where=there,
            batch_id=routes.batch,
            order_id=orders.number[order],
            distance_driven_km_for_order=routes.driven[:, turn],
            route_driven_km=routes.approach + routes.driven[:, turn],
            tips_usd=tip * np.where(routes.is_batch, causes.batched_tip, 1.0),
        )
        # What the customer was told last, when the courier was on the way already.
        error = np.round(90 * day.generator.standard_normal(len(order))).astype(np.int64)
        day.log(
            "order_delivered",
            drop,
            orders.customer[order],
            where=there,
            order_id=orders.number[order],
            actual_delivery_time_ts=drop,
            last_promised_time_ts=drop + error,
        )


def _log_sessions(world: World, day: Day, routes: Routes) -> None:
    """Log who was online; some are in two zones at the same time."""
    population = world.population
    places = np.arange(population.zones * COURIERS_PER_ZONE)
    zone, place = np.divmod(places, COURIERS_PER_ZONE)
    is_dinner = place >= LUNCH_COURIERS
    size = len(places)
    begins = np.where(is_dinner, DINNER_SHIFT[0], LUNCH_SHIFT[0])
    ends = np.where(is_dinner, DINNER_SHIFT[1], LUNCH_SHIFT[1])
    start = day.start + np.round(3_600 * begins).astype(np.int64) - day.between(0, 900, size)
    end = day.start + np.round(3_600 * ends).astype(np.int64) + day.between(0, 900, size)
    whose = routes.courier - population.first_courier
    np.maximum.at(end, whose, routes.last_drop + 120)
    active = np.bincount(whose, routes.last_drop - routes.accepted, size).astype(np.int64)
    in_two = np.flatnonzero(day.chance(world.causes.works_in_two_zones, size))
    for who, begin, finish, where, busy in (
        (places, start, end, zone, active),
        (
            in_two,
            start[in_two] + 3_600,
            end[in_two] - 3_600,
            (zone[in_two] + 1) % population.zones,
            np.zeros(len(in_two), dtype=np.int64),
        ),
    ):
        day.log(
            "driver_online_session",
            finish,
            population.first_courier + who,
            session_id=world.sessions.next(len(who)),
            zone_id=where + 1,
            start_ts=begin,
            end_ts=finish,
            total_online_time_ms=1_000 * (finish - begin),
            total_active_delivery_time_ms=1_000 * busy,
        )
