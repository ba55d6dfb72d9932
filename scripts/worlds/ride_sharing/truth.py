"""What the world's own probabilities lead one to expect, without looking at any event.

Waves of requests are a Poisson process, their riders are drawn in proportion to their wishes and
decide independently, so the number who complete a wave's ride has a known distribution in each
hour of each city. Every expected value is a sum over those hours.
"""

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from math import comb

import numpy as np

from scripts.worlds.envelope import Floats
from scripts.worlds.kit.truth import Expected, as_truth
from scripts.worlds.ride_sharing.conditions import Conditions
from scripts.worlds.ride_sharing.population import Population, demand
from scripts.worlds.ride_sharing.settings import (
    BAD_SCORES,
    CITIES,
    GOOD_SCORES,
    LAUNCH_DAY,
    SEATS,
    SWAP_WAIT,
    Causes,
)
from scripts.worlds.scenario import Truth

# So many riders are looked at together that their numbers stay close to the processor.
_NEIGHBOURS = 16_384


@dataclass(frozen=True)
class Wave:
    """Expected outcome of one wave of requests; arrays have the shape of the hours.

    Attributes:
        rides: probability that a ride happens.
        riders: riders who complete it.
        pooled_riders: riders who complete it with at least one other.
        meetings: ordered pairs of riders on one ride, K * (K - 1) for K riders.
    """

    rides: Floats
    riders: Floats
    pooled_riders: Floats
    meetings: Floats


def _completion(causes: Causes, conditions: Conditions) -> list[tuple[float, Floats]]:
    """Give the odds that a request ends in a ride, without and with a rematch: (weight, odds)."""
    matched = (1 - conditions.withdrawal) * conditions.match
    return [
        (1 - causes.driver_drops_out, matched * (1 - causes.cancel_after_match)),
        (causes.driver_drops_out, matched * (1 - causes.cancel_after_rematch)),
    ]


def _expected_wave(causes: Causes, conditions: Conditions) -> Wave:
    """Work out what one wave leads to in every hour, from the distribution of its riders."""
    odds = [np.zeros_like(conditions.match) for _ in range(SEATS + 1)]
    for weight, completes in _completion(causes, conditions):
        for size, share in enumerate(causes.wave_sizes, start=1):
            for riders in range(size + 1):
                ways = comb(size, riders) * completes**riders
                odds[riders] += weight * share * ways * (1 - completes) ** (size - riders)
    zero = np.zeros_like(conditions.match)
    return Wave(
        rides=1 - odds[0],
        riders=sum((riders * odds[riders] for riders in range(1, SEATS + 1)), zero),
        pooled_riders=sum((riders * odds[riders] for riders in range(2, SEATS + 1)), zero),
        meetings=sum((riders * (riders - 1) * odds[riders] for riders in range(SEATS + 1)), zero),
    )


@dataclass(frozen=True)
class _Rates:
    """What a wish leads to on a day in a city, on average; every array has shape (days, cities)."""

    carpool: Floats
    fallback: Floats
    standard: Floats


def _rates(causes: Causes, conditions: Conditions) -> _Rates:
    completes = sum(weight * odds for weight, odds in _completion(causes, conditions))
    fallback = (1 - conditions.withdrawal) * (1 - conditions.match) * causes.fallback_after_failure
    return _Rates(
        carpool=(conditions.carpool_rhythm * completes).sum(axis=2),
        fallback=(conditions.carpool_rhythm * fallback).sum(axis=2),
        standard=(1 - causes.standard_cancellation) * conditions.standard_rhythm.sum(axis=2),
    )


def _neighbours(
    population: Population, causes: Causes, rates: _Rates, who: slice, last: int
) -> Floats:
    """Add up what depends on each single rider, over some riders of one city.

    Returns:
        Carpool requests and standard wishes of an average day, daily carpool riders, first rides
        and carpools among them, shape (5, last + 1).
    """
    city = population.rider_city[who.start]
    sums = np.empty((5, last + 1))
    not_yet = np.where(population.joined_day[who] >= 0, 1.0, 0.0)
    for day in range(last + 1):
        carpool, standard = demand(population, causes, day, who)
        pooling = carpool * rates.carpool[day, city]
        riding = (
            pooling + carpool * rates.fallback[day, city] + standard * rates.standard[day, city]
        )
        starts = not_yet * -np.expm1(-riding)
        not_yet = not_yet - starts
        first_carpools = starts * pooling / np.maximum(riding, 1e-12)
        parts = (carpool, standard, -np.expm1(-pooling), starts, first_carpools)
        sums[:, day] = [part.sum() for part in parts]
    return sums


def _people(
    population: Population, causes: Causes, conditions: Conditions, last: int
) -> tuple[Floats, Floats, float, float]:
    """Work out what depends on each single rider.

    Returns:
        Carpool requests and standard wishes of an average day, (days, cities) each and zero
        before the launch and after `last`; the mean number of daily carpool riders; and the share
        of carpool among first rides.
    """
    rates = _rates(causes, conditions)
    ends = np.searchsorted(population.rider_city, np.arange(len(CITIES)), side="right")
    groups = [
        slice(start, min(start + _NEIGHBOURS, int(end)))
        for begin, end in pairwise([0, *ends])
        for start in range(int(begin), int(end), _NEIGHBOURS)
    ]
    sums = np.zeros((5, len(conditions.match), len(CITIES)))
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        # The order of the sums, and so their last digit, does not depend on the threads.
        work = partial(_neighbours, population, causes, rates, last=last)
        for who, found in zip(groups, pool.map(lambda who: work(who=who), groups), strict=True):
            sums[:, : last + 1, population.rider_city[who.start]] += found
    sums[:, :LAUNCH_DAY] = 0.0
    requests, wishes, active, first_rides, first_carpools = sums
    daily = active.sum() / (last - LAUNCH_DAY + 1)
    return requests, wishes, float(daily), float(first_carpools.sum() / first_rides.sum())


def expect(population: Population, causes: Causes, conditions: Conditions, last: int) -> Truth:
    """Work out the expected metrics of the days from the launch to `last`, as ratios of sums."""
    requests, wishes, daily_riders, first_ride_share = _people(population, causes, conditions, last)
    asked = requests[:, :, None] * conditions.carpool_rhythm
    waves = asked / float(np.arange(1, SEATS + 1) @ causes.wave_sizes)
    wave = _expected_wave(causes, conditions)
    matched = asked * (1 - conditions.withdrawal) * conditions.match
    failed = asked * (1 - conditions.withdrawal) * (1 - conditions.match)
    again = causes.driver_drops_out
    leaving = (1 - again) * causes.cancel_after_match + again * causes.cancel_after_rematch
    left = leaving * matched.sum()
    matches = (1 + again) * matched.sum()
    withdrawn = (asked * conditions.withdrawal).sum()

    # Standard rides, and every sum over the carpools that waves become.
    standard = wishes[:, :, None] * conditions.standard_rhythm * (1 - causes.standard_cancellation)
    standard = standard + failed * causes.fallback_after_failure
    speed = np.where(conditions.peak, causes.peak_speed_kmh, causes.off_peak_speed_kmh)
    trunk = causes.mean_distance_km / speed * 3_600
    solo = (
        causes.base_fare
        + causes.fare_per_km * causes.mean_distance_km
        + causes.fare_per_minute * trunk / 60
    )
    rides = (waves * wave.rides).sum()
    riders = (waves * wave.riders).sum()
    pooled_riders = (waves * wave.pooled_riders).sum()
    meetings = (waves * wave.meetings).sum()
    stop = causes.stop_seconds
    detour = meetings * stop + riders * causes.plan_slack_seconds
    seconds = (waves * wave.rides * trunk).sum() + 2 * stop * (riders - rides)
    on_board = (waves * wave.riders * trunk).sum() + meetings * stop
    swapping = (waves * wave.pooled_riders * trunk).sum() + meetings * stop
    on_board -= causes.swap_stop * SWAP_WAIT * swapping
    fares = causes.carpool_fare_part * (waves * wave.riders * solo).sum()
    pay = causes.driver_part_carpool * fares
    standard_pay = causes.driver_part_standard * (standard * solo).sum()
    standard_seconds = (standard * trunk).sum()
    hourly, standard_hourly = 3_600 * pay / seconds, 3_600 * standard_pay / standard_seconds

    scores = np.arange(1, 6)
    good, bad = float(GOOD_SCORES @ scores), float(BAD_SCORES @ scores)
    bad_rides = causes.bad_ride + causes.bad_ride_per_detour_minute * detour / riders / 60
    bad_riders = causes.bad_rider + causes.bad_rider_per_other_rider * meetings / riders

    expected: Expected = {
        "carpool_ride_penetration": (
            rides / (rides + standard.sum()),
            "carpool rides / rides",
        ),
        "carpool_request_success_rate": (
            matches / asked.sum(),
            "match events / requests; a rematch counts again",
        ),
        "carpool_request_success_rate.matched_requests": (
            matched.sum() / asked.sum(),
            "requests matched at least once / requests",
        ),
        "carpool_active_users.dau": (
            daily_riders,
            "mean over the days of the expected number of distinct riders who complete a carpool",
        ),
        "carpool_new_user_adoption": (
            first_ride_share,
            "first rides that are carpools / first rides",
        ),
        "carpool_average_fill_rate": (riders / rides, "riders / carpool rides"),
        "carpool_average_fill_rate.occupancy": (
            on_board / seconds,
            "rider-seconds on board / seconds of carpool rides",
        ),
        "carpool_average_detour_time": (
            detour / (riders + causes.swap_stop * pooled_riders) / 60,
            "minutes of detour / legs; a swap stop makes two legs of one trip",
        ),
        "carpool_average_detour_time.per_rider": (
            detour / riders / 60,
            "minutes of detour / riders on carpool rides",
        ),
        "driver_earnings_per_hour": (
            3_600 * (pay + standard_pay) / (seconds + standard_seconds),
            "driver share in US dollars / hours of all rides",
        ),
        "driver_earnings_per_hour.carpool": (hourly, "the same for carpool rides"),
        "driver_earnings_per_hour.standard": (standard_hourly, "the same for standard rides"),
        "driver_earnings_per_hour.lift": (
            hourly / standard_hourly - 1,
            "carpool earnings an hour over standard earnings an hour, less one",
        ),
        "platform_revenue_per_carpool_ride": (
            (fares - pay) / rides,
            "platform share in US dollars / carpool rides",
        ),
        "carpool_rider_csat": (
            good + bad_rides * (bad - good),
            "mean last score that riders give drivers on carpools",
        ),
        "carpool_driver_csat": (
            good + bad_riders * (bad - good),
            "mean last score that drivers give riders on carpools",
        ),
        "carpool_cancellation_rate": (
            (withdrawn + left) / matches,
            "carpool cancellations at any stage / match events",
        ),
        "carpool_cancellation_rate.after_match": (
            left / matched.sum(),
            "matched requests cancelled after the match / matched requests",
        ),
        "carpool_support_tickets_per_1k_rides": (
            1_000 * causes.ticket_carpool * riders / rides,
            "tickets about carpools for each 1,000 carpool rides",
        ),
    }
    ride_types = ("carpool", "standard")
    return as_truth(expected, members=ride_types, compared=ride_types)
