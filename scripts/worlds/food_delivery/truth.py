"""What the world's own probabilities lead one to expect, without looking at any event.

Occasions fall into cells: kind of zone, meal, distance, kitchen and version. In each cell

| number | is |
|---|---|
| orders of an occasion | 1 + odds of a pair |
| batched ones | 2 x odds of a pair x planned x both are delivered x a courier accepts |
| minutes that batching adds | waiting for the slower food, the hold, and the stop on the way |

and metrics are ratios of their sums over cells. How far doors lie apart is an integral over the
distances and directions that a pair may have; when both meals are ready, one over the kitchens'
estimates and their errors. Nobody's wait for a courier who is busy is in it: it is rare.
"""

from dataclasses import dataclass

import numpy as np

from scripts.worlds.envelope import Floats
from scripts.worlds.food_delivery.orders import mean_wait, pair_odds
from scripts.worlds.food_delivery.population import Population
from scripts.worlds.food_delivery.settings import (
    CARRY_OVER_SECONDS,
    CONTROL,
    DINNER,
    DISTANCE_BANDS,
    DISTANCE_SHARES,
    ESTIMATES,
    HOUR_SHARES,
    MINUTES_PER_KM,
    MOST_OFFERS,
    PAIR_ANGLE,
    PAIR_GAP_SECONDS,
    PAIR_SPREAD_KM,
    STREET_FACTOR,
    TREATMENT,
    VERSIONS,
    WINDOW_HOURS,
    ZONE_KINDS,
    Causes,
)
from scripts.worlds.food_delivery.world import meal_of
from scripts.worlds.kit.truth import Expected, as_truth
from scripts.worlds.scenario import Truth

_STEPS = 40
_APPROACH_KM = 0.8
_PER_KM = STREET_FACTOR * MINUTES_PER_KM


def _middles(low: float, high: float, steps: int = _STEPS) -> Floats:
    return low + (high - low) * (np.arange(steps) + 0.5) / steps


def _pair_distances() -> tuple[Floats, Floats, Floats]:
    """Give the mean distance of the nearer and the farther door, and between them, by band."""
    found = []
    angle = _middles(0, PAIR_ANGLE)[None, None, :]
    for low, high in DISTANCE_BANDS:
        slices = []
        for start in np.arange(low, high, PAIR_SPREAD_KM):
            own = _middles(start, start + PAIR_SPREAD_KM)
            one, other = own[:, None, None], own[None, :, None]
            apart = np.sqrt(one**2 + other**2 - 2 * one * other * np.cos(angle))
            means = (np.minimum(one, other), np.maximum(one, other), apart)
            slices.append([float(np.broadcast_to(each, apart.shape).mean()) for each in means])
        found.append(np.mean(slices, axis=0))
    near, far, apart = np.array(found).T
    return near, far, apart


def _normal(values: Floats) -> Floats:
    """Give the distribution function of a standard normal, to 7 digits (Abramowitz, Stegun)."""
    part = 1 / (1 + 0.2316419 * np.abs(values))
    terms = (0.319381530, -0.356563782, 1.781477937, -1.821255978, 1.330274429)
    tail = sum(term * part ** (power + 1) for power, term in enumerate(terms))
    tail = tail * np.exp(-(values**2) / 2) / np.sqrt(2 * np.pi)
    return np.asarray(np.where(values < 0, tail, 1 - tail))


def _minutes_for_the_slower_food(causes: Causes) -> Floats:
    """Give the minutes by which food waits for that of its partner on average, by kitchen."""
    found = []
    for low, high in ESTIMATES:
        one = _middles(low, high)[:, None, None]
        other = _middles(low, high)[None, :, None]
        gap = _middles(0, PAIR_GAP_SECONDS / 60)[None, None, :]
        mean = gap + other - one
        error = causes.preparation_spread * np.sqrt(one**2 + other**2) + 0 * gap
        score = mean / error
        density = np.exp(-(score**2) / 2) / np.sqrt(2 * np.pi)
        apart = error * 2 * density + mean * (1 - 2 * _normal(-score))
        found.append(float(apart.mean()) / 2)
    return np.array(found)


@dataclass(frozen=True)
class _Cells:
    """Sums over cells; every array has the shape (kinds, meals, bands, kitchens, versions).

    Attributes:
        orders, delivered, batched: expected numbers, in proportion.
        minutes: mean minutes of an order that is delivered alone.
        effect: minutes that batching adds.
        sooner: minutes that freed couriers save.
    """

    orders: Floats
    delivered: Floats
    batched: Floats
    minutes: Floats
    effect: Floats
    sooner: Floats

    def mean(self, values: Floats, weight: Floats) -> float:
        """Give a mean over cells."""
        return float((values * weight).sum() / weight.sum())


def _cells(population: Population, causes: Causes) -> _Cells:
    kind, meal, band, kitchen, version = np.ogrid[:ZONE_KINDS, :3, :3, :2, :2]
    shares = np.array(HOUR_SHARES)
    meals = meal_of(np.arange(24))
    by_meal = np.bincount(meals, shares, 3)
    by_kind = np.bincount(population.zone_kind, population.zone_sizes, ZONE_KINDS)
    pairs = pair_odds(causes, kind, meal, band, kitchen)
    occasions = by_kind[kind] * by_meal[meal] * np.array(DISTANCE_SHARES)[band] / 4
    occasions = occasions + 0 * kitchen + 0 * version
    arrive = 1 - causes.undelivered
    taken = 1 - (1 - causes.accepts_batch) ** MOST_OFFERS
    planned = np.array(causes.batches)[version]

    near, far, apart = _pair_distances()
    alone = _PER_KM * (near + far) / 2 + causes.service
    shared = _PER_KM * causes.wander * (near + apart / 2) + 1.5 * causes.service
    effect = (
        _minutes_for_the_slower_food(causes)[kitchen] + causes.hold + (shared - alone)[band]
    ) + np.zeros(occasions.shape)
    # Of the orders of a meal, those in the first minutes of a window have the couriers of the one
    # before; orders come evenly until some minutes before the end of an hour.
    early = shares * (np.arange(24) % WINDOW_HOURS == 0)
    part = CARRY_OVER_SECONDS / (3_600 - PAIR_GAP_SECONDS - 1)
    carried = (np.bincount(meals, early, 3) * part / by_meal)[meal]
    sooner = np.array(causes.freed)[meal] * (carried / 2 + (1 - carried) * version)
    estimate = np.array(ESTIMATES).mean(axis=1)[kitchen]
    minutes = estimate + mean_wait(causes, kind, meal) - sooner + alone[band]
    return _Cells(
        orders=occasions * (1 + pairs),
        delivered=occasions * (1 + pairs) * arrive,
        batched=occasions * 2 * pairs * planned * arrive**2 * taken,
        minutes=minutes,
        effect=effect,
        sooner=sooner + np.zeros(occasions.shape),
    )


def _time(causes: Causes, cells: _Cells) -> Expected:
    single = cells.delivered - cells.batched
    raw = cells.mean(cells.minutes + cells.effect, cells.batched) - cells.mean(
        cells.minutes, single
    )
    after_washout = {}
    for version in (CONTROL, TREATMENT):
        batched, delivered = cells.batched[..., version], cells.delivered[..., version]
        freed = np.array(causes.freed)[None, :, None, None] * version
        after_washout[version] = float(
            (batched * cells.effect[..., version] - delivered * freed).sum() / delivered.sum()
        )
    return {
        "batched_delivery_time_increase.raw": (
            raw,
            "minutes that batched orders take longer than the others as they are",
        ),
        "batched_delivery_time_increase.adjusted": (
            cells.mean(cells.effect, cells.batched),
            "minutes that batching adds to the orders that are batched",
        ),
        "batched_delivery_time_increase.switchback": (
            after_washout[TREATMENT] - after_washout[CONTROL],
            "minutes that v2 adds to all orders of its windows, after the washout",
        ),
        "batched_eta_accuracy": (
            cells.mean(cells.effect - cells.sooner, cells.batched) - causes.padding,
            "minutes that batched orders come later than was promised",
        ),
    }


def _batching(population: Population, causes: Causes, cells: _Cells) -> Expected:
    meaning = "orders delivered in a batch / orders delivered"
    name = "batching_rate.of_delivered"
    expected = {name: (cells.batched.sum() / cells.delivered.sum(), meaning)}
    for zone in range(ZONE_KINDS):
        kind = population.zone_kind[zone]
        rate = cells.batched[kind].sum() / cells.delivered[kind].sum()
        expected[f"{name}.z{zone + 1:02d}"] = (rate, f"{meaning}, in one zone")
    accepts, answers = causes.accepts_batch, causes.rejects
    taken = 1 - (1 - accepts) ** MOST_OFFERS
    expected |= {
        "batch_offer_acceptance_rate": (
            accepts / (accepts + (1 - accepts) * answers),
            "batches accepted / answers to offers of batches",
        ),
        "batch_offer_acceptance_rate.of_offers": (accepts, "batches accepted / offers of batches"),
        "batch_offer_acceptance_rate.of_batches": (
            taken / (1 + (1 - accepts) ** (MOST_OFFERS - 1)),
            "batches that a courier accepts / batches",
        ),
    }
    return {key: (float(value), words) for key, (value, words) in expected.items()}


def _distance_and_money(causes: Causes, cells: _Cells) -> Expected:
    near, far, apart = (values[None, None, :, None, None] for values in _pair_distances())
    route = near + apart
    realised = STREET_FACTOR * (near + far - causes.wander * route) / 2
    single = cells.delivered - cells.batched
    alone = (near + far) / 2
    driven = (
        single * (_APPROACH_KM + STREET_FACTOR * alone)
        + cells.batched * (_APPROACH_KM + STREET_FACTOR * causes.wander * route) / 2
    )
    incentive = np.zeros((1, 3, 1, 1, 1))
    incentive[:, DINNER] = causes.dinner_incentive
    paid = (
        single * (causes.pay + causes.pay_per_km * alone + incentive)
        + cells.batched
        * (causes.pay + causes.pay_for_second + causes.pay_per_km * route + incentive)
        / 2
    )
    expected: Expected = {
        "marketplace_efficiency_gain.realised": (
            cells.mean(realised + 0 * cells.batched, cells.batched),
            "kilometres saved by batches / orders in them",
        ),
        "mileage_per_delivery.route_km": (
            float(driven.sum() / cells.delivered.sum()),
            "kilometres driven, the way to the restaurant included / orders delivered",
        ),
        "cost_per_delivery": (
            float(paid.sum() / cells.delivered.sum()),
            "pay and incentives / orders delivered",
        ),
        "order_throughput.undelivered": (causes.undelivered, "orders not delivered / orders"),
    }
    for version, name in enumerate(VERSIONS):
        weight = cells.orders[..., version]
        kilometres = float((weight * alone[..., 0]).sum() / weight.sum())
        expected[f"customer_delivery_fee_impact.{name}"] = (
            (causes.fee + causes.fee_per_km * kilometres) * causes.fee_factor[version],
            f"fees / orders in windows of {name}",
        )
    return expected


def _opinions(causes: Causes) -> Expected:
    cold, wrong = causes.cold[1], causes.wrong_item[1]
    stars = np.arange(1, 6)
    usual = float(stars @ causes.food_quality)
    return {
        "batched_food_issue_rate": (
            (cold + wrong) * (1 + causes.complains_twice),
            "tickets of cold food and wrong items / batched orders",
        ),
        "batched_food_issue_rate.orders_affected": (
            1 - (1 - cold) * (1 - wrong),
            "batched orders with such a ticket / batched orders",
        ),
        "batched_food_issue_rate.wrong_item": (wrong, "the same of wrong items"),
        "batched_food_issue_rate.wrong_item_of_single": (
            causes.wrong_item[0],
            "the same of wrong items, of orders delivered alone",
        ),
        "batched_food_quality_rating": (
            usual + cold * (float(stars @ causes.food_quality_cold) - usual),
            "ratings of the food of batched orders / those that are rated",
        ),
    }


def expect(population: Population, causes: Causes, last: int) -> Truth:
    """Work out the expected metrics; every day up to `last` is like any other, but for demand."""
    cells = _cells(population, causes)
    return as_truth(
        _time(causes, cells)
        | _batching(population, causes, cells)
        | _distance_and_money(causes, cells)
        | _opinions(causes),
        members=(*VERSIONS, *(f"z{zone + 1:02d}" for zone in range(ZONE_KINDS))),
        without_mart=("raw", "adjusted", "switchback"),
    )
