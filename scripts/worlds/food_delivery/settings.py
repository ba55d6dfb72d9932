"""The causes of the food-delivery worlds, in one place.

Why the targets are met or missed: a batch takes one approach and one trip for two orders, which
saves kilometres and pay, and costs the second customer a stop. Batches form where and when orders
lie near each other: at dinner and in the centre, when every order is slow. So batched orders are
slower than others by far more than batching makes them. The degraded algorithm holds orders, sends
couriers on detours, has to pay more for batches that couriers refuse, and lets food grow cold.
"""

from dataclasses import dataclass, replace

CUSTOMERS_PER_ZONE = 120
ZONE_KINDS = 3
"""Centre, inner and outer zones, in turns."""

RESTAURANTS_PER_ZONE = 6
"""Fast and slow kitchens, in turns."""

LUNCH_COURIERS, DINNER_COURIERS = 4, 6
LUNCH_SHIFT, DINNER_SHIFT = (10.75, 16.25), (15.75, 22.5)
SHIFT_CHANGE = 16.0
"""Hours between which couriers are online, and the one from which the second shift takes offers."""

LUNCH, AFTERNOON, DINNER = range(3)
AFTERNOON_HOUR, DINNER_HOUR = 14, 17
HOUR_SHARES = (0,) * 11 + (0.06, 0.14, 0.12, 0.05, 0.04, 0.05, 0.09, 0.16, 0.16, 0.1, 0.03, 0, 0)
WEEKDAY = (0.92, 0.9, 0.94, 1.0, 1.1, 1.1, 1.04)

WINDOW_HOURS = 2
WINDOWS = 24 // WINDOW_HOURS
CARRY_OVER_SECONDS = 20 * 60
"""Time in which couriers are still on the trips of the window before."""

DISTANCE_BANDS = ((0.5, 1.5), (1.5, 3.0), (3.0, 4.5))
"""Kilometres as the crow flies between restaurant and door; those of a pair differ by no more than
`PAIR_SPREAD_KM`, and by so many radians."""

DISTANCE_SHARES = (0.4, 0.4, 0.2)
PAIR_SPREAD_KM, PAIR_ANGLE, PAIR_GAP_SECONDS = 0.5, 0.2, 180
ESTIMATES = ((9.0, 13.0), (18.0, 24.0))
"""Minutes that fast and slow kitchens say they need."""

STREET_FACTOR = 1.3
"""Kilometres driven for each as the crow flies."""

MINUTES_PER_KM = 3.0
CONTROL, TREATMENT = 0, 1
VERSIONS = ("v1", "v2")
MOST_OFFERS = 3
"""Couriers to whom a batch is offered: twice as it is, and once made anew."""


@dataclass(frozen=True)
class Causes:
    """Everything that decides how a world goes; the defaults are the healthy one.

    Pairs over versions are of v1 and v2, triples over meals of lunch, afternoon and dinner, triples
    over zones of centre, inner and outer ones. Times are in minutes.
    """

    # Demand: occasions a day for each customer, and how often one is of two orders near each other.
    occasions: float = 0.086
    pair_by_meal: tuple[float, float, float] = (0.16, 0.07, 0.5)
    pair_by_zone: tuple[float, float, float] = (1.4, 0.9, 0.4)
    pair_by_distance: tuple[float, float, float] = (1.1, 1.0, 0.8)
    pair_by_kitchen: tuple[float, float] = (1.15, 0.85)
    order_value: float = 28.0
    undelivered: float = 0.012

    # Time.
    wait_by_meal: tuple[float, float, float] = (7.0, 5.0, 20.0)
    wait_by_zone: tuple[float, float, float] = (8.0, 2.0, 0.0)
    freed: tuple[float, float, float] = (1.0, 0.0, 1.6)
    window_spread: float = 0.2
    wait_spread: float = 0.25
    preparation_spread: float = 0.12
    service: float = 2.0
    lead: tuple[float, float] = (6.0, 12.0)
    padding: float = 4.0
    driving_spread: float = 0.08

    # Batching.
    batches: tuple[float, float] = (0.3, 0.78)
    accepts_batch: float = 0.83
    accepts_single: float = 0.92
    rejects: float = 0.6
    expects_partner: float = 0.05
    hold: float = 0.3
    courier_hold: float = 0.0
    wander: float = 1.0
    optimism: float = 1.2

    # Money, in dollars.
    pay: float = 4.0
    pay_per_km: float = 1.3
    pay_for_second: float = 2.0
    dinner_incentive: float = 1.0
    tip: float = 3.0
    batched_tip: float = 1.0
    fee: float = 1.99
    fee_per_km: float = 0.5
    fee_factor: tuple[float, float] = (1.0, 0.94)

    # What customers say.
    cold: tuple[float, float] = (0.012, 0.0015)
    wrong_item: tuple[float, float] = (0.03, 0.045)
    complains_of_delay: float = 0.2
    complains_twice: float = 0.35
    rates: float = 0.3
    rates_when_late: float = 0.5
    food_quality: tuple[float, ...] = (0.03, 0.05, 0.12, 0.35, 0.45)
    food_quality_cold: tuple[float, ...] = (0.5, 0.3, 0.15, 0.05, 0.0)
    overall: tuple[float, ...] = (0.03, 0.04, 0.1, 0.33, 0.5)
    overall_when_late: tuple[float, ...] = (0.15, 0.2, 0.25, 0.25, 0.15)

    # Couriers.
    works_in_two_zones: float = 0.08


WORLDS: dict[str, Causes] = {
    "healthy": Causes(),
    "degraded": replace(
        Causes(),
        # Orders are held for partners who do not come, and couriers refuse what they are offered.
        batches=(0.12, 0.27),
        accepts_batch=0.5,
        freed=(0.0, 0.0, 0.0),
        hold=7.0,
        courier_hold=12.0,
        wander=1.6,
        pay_for_second=7.0,
        batched_tip=0.65,
        cold=(0.012, 0.1),
        wrong_item=(0.03, 0.09),
    ),
}
