"""A day of food delivery: orders, routes, and what customers say of them."""

import numpy as np

from scripts.worlds.envelope import Booleans
from scripts.worlds.food_delivery.events import COLD_FOOD, LATE_DELIVERY, WRONG_ITEM
from scripts.worlds.food_delivery.orders import Orders, place_orders
from scripts.worlds.food_delivery.routes import Routes, deliver
from scripts.worlds.food_delivery.world import World
from scripts.worlds.kit.day import Day

_LATE_SECONDS = 10 * 60
_TICKET_HOURS, _RATING_HOURS = (1, 40), (1, 20)


def _speak(world: World, day: Day, orders: Orders, routes: Routes) -> None:
    """Let customers complain and rate."""
    causes = world.causes
    promised = orders.promised(causes)
    for turn, order in enumerate((routes.first, routes.second)):
        there = np.flatnonzero(order >= 0)
        order, drop = order[there], routes.drop[there, turn]
        size, batched = len(order), routes.is_batch[there].astype(np.int64)
        is_late = drop - promised[order] > _LATE_SECONDS
        is_cold = day.chance(np.array(causes.cold)[batched], size)
        is_wrong = day.chance(np.array(causes.wrong_item)[batched], size)
        complains = is_late & day.chance(causes.complains_of_delay, size)
        for issue, affected in (
            (LATE_DELIVERY, complains),
            (COLD_FOOD, is_cold),
            (WRONG_ITEM, is_wrong),
        ):
            _complain(world, day, orders, order, drop, issue, affected)
        rates = day.chance(np.where(is_late, causes.rates_when_late, causes.rates), size)
        usual = day.one_of(causes.food_quality, size)
        quality = np.where(is_cold, day.one_of(causes.food_quality_cold, size), usual)
        overall = np.where(
            is_late, day.one_of(causes.overall_when_late, size), day.one_of(causes.overall, size)
        )
        low, high = _RATING_HOURS
        day.log(
            "customer_rating_order",
            drop + day.between(low * 3_600, high * 3_600, size),
            orders.customer[order],
            where=rates,
            order_id=orders.number[order],
            overall_rating=1 + overall,
            food_quality_rating=1 + quality,
        )


def _complain(
    world: World,
    day: Day,
    orders: Orders,
    order: np.ndarray,
    drop: np.ndarray,
    issue: int,
    affected: Booleans,
) -> None:
    """Log a ticket for each order that is affected, and for some a second of the same issue."""
    low, high = _TICKET_HOURS
    size = len(order)
    at = drop + day.between(low * 3_600, high * 3_600, size)
    refund = np.where(issue == LATE_DELIVERY, 3.0, 0.3 * orders.value[order])
    again = affected & day.chance(world.causes.complains_twice, size)
    for where, when, amount in ((affected, at, refund), (again, at + 1_800, 0 * refund)):
        day.log(
            "customer_support_ticket",
            when,
            orders.customer[order],
            where=where,
            order_id=orders.number[order],
            issue_type=issue,
            refund_amount_usd=amount,
        )


def simulate_day(world: World, day: Day) -> None:
    """Simulate one UTC day; codes and indexes are spelled out in events.py."""
    orders = place_orders(world, day)
    routes = deliver(world, day, orders)
    _speak(world, day, orders, routes)
