"""Carpool requests of a day: who asks, who is matched, who waits in vain and who leaves.

Requests come in waves: riders of a city who want to travel the same way at about the same time.
How many they are, how many of them are matched and how many stay decides how full the ride is, how
long its detours are, what it pays and how people like it.
"""

from dataclasses import dataclass

import numpy as np

from scripts.worlds.envelope import Booleans, Floats, Integers
from scripts.worlds.kit.day import Day
from scripts.worlds.kit.hours import arrivals, seconds_in
from scripts.worlds.ride_sharing.settings import CITIES, HUB_SHARES, HUBS, SEATS, Causes
from scripts.worlds.ride_sharing.trips import draw_trunks, log_cancellations
from scripts.worlds.ride_sharing.world import (
    AFTER_MATCH,
    BEFORE_MATCH,
    CARPOOL,
    NO_DRIVERS,
    NO_MATCH,
    World,
)

_WAVE_SECONDS = 240
_KM_PER_DEGREE = 111.2
# Probabilities of the cancellation reasons in events.py, in its order.
_BEFORE_REASONS = (0.55, 0.28, 0.12, 0.0, 0.0, 0.05)
_AFTER_REASONS = (0.32, 0.20, 0.06, 0.15, 0.22, 0.05)


@dataclass(frozen=True)
class Waves:
    """Carpool requests of one day and what became of them.

    Attributes:
        city, peak: where, and whether in a peak hour, shape (waves,).
        distance, seconds: of the direct trip, kilometres and seconds, shape (waves,).
        rider: index into the population's riders, shape (waves, SEATS).
        number: request numbers, -1 on empty seats, shape (waves, SEATS).
        matched, failed: the dispatcher's last answer, shape (waves, SEATS).
        on_board: matched and did not cancel, shape (waves, SEATS).
        decided_at: second of that answer, shape (waves, SEATS).
        ride_number: the ride given at the match, -1 without any match, shape (waves,).
        rematched: the first driver dropped out, shape (waves,).
        rematch_at: second at which another one took over, shape (waves,).
        eta: seconds from the last match to the first pickup, shape (waves,).
        start: second of the first pickup, shape (waves,).
    """

    city: Integers
    peak: Booleans
    distance: Floats
    seconds: Floats
    rider: Integers
    number: Integers
    matched: Booleans
    failed: Booleans
    on_board: Booleans
    decided_at: Integers
    ride_number: Integers
    rematched: Booleans
    rematch_at: Integers
    eta: Integers
    start: Integers


def _others(rider: Integers, present: Booleans) -> Integers:
    """Give each present rider's companions, shape (present.sum(), SEATS), -1 where none."""
    pools, seats = np.nonzero(present)
    companions = np.where(present, rider, -1)[pools]
    companions[np.arange(len(pools)), seats] = -1
    return companions


def _starts(causes: Causes, day: Day, city: Integers, peak: Booleans) -> Floats:
    """Draw the latitude and longitude around which each wave starts, shape (2, waves)."""
    corners = np.array(
        [[[c.min_latitude, c.min_longitude], [c.max_latitude, c.max_longitude]] for c in CITIES]
    )
    chance = day.generator.random((2, len(city)))
    at_hub = np.where(peak, causes.hub_share_peak, causes.hub_share_off_peak)
    hub = np.searchsorted(np.cumsum(HUB_SHARES[:-1]), chance[1], side="right")
    # Elsewhere it is in the middle three fifths of the box.
    where = 0.2 + 0.6 * np.stack([(chance[0] - at_hub) / (1 - at_hub), chance[1]])
    low, high = corners[city].transpose(1, 2, 0)
    return np.asarray(np.where(chance[0] < at_hub, HUBS[city, hub].T, low + where * (high - low)))


def _log_requests(
    world: World,
    day: Day,
    city: Integers,
    peak: Booleans,
    asked: Integers,
    rider: Integers,
    number: Integers,
    member: Booleans,
) -> tuple[Floats, Floats]:
    """Log the requests of all waves; give each wave's direct kilometres and seconds."""
    generator = day.generator
    waves = len(city)
    distance, seconds = draw_trunks(world.causes, day, peak)
    start = _starts(world.causes, day, city, peak)
    bearing = generator.random(waves) * 2 * np.pi
    # Streets are longer than the straight line.
    straight = distance / 1.3 / _KM_PER_DEGREE
    step = np.stack([straight * np.cos(bearing), straight * np.sin(bearing)])
    step[1] /= np.cos(np.radians(start[0]))
    # Riders of a wave are a few streets apart.
    origin = start[:, :, None] + generator.normal(0, 0.003, (2, waves, SEATS))
    destination = (start + step)[:, :, None] + generator.normal(0, 0.003, (2, waves, SEATS))
    day.log(
        "carpool_ride_request",
        asked,
        rider,
        where=member,
        request_id=number,
        origin_lat=origin[0],
        origin_lon=origin[1],
        destination_lat=destination[0],
        destination_lon=destination[1],
    )
    return distance, seconds


def _log_failures(
    day: Day, at: Integers, rider: Integers, request: Integers, peak: Booleans
) -> None:
    """Log failed tries; at peak it is mostly the drivers that are missing."""
    short = day.chance(np.where(peak, 0.7, 0.4), len(at))
    day.log(
        "carpool_ride_match_failure",
        at,
        rider,
        request_id=request,
        reason_code=np.where(short, NO_DRIVERS, NO_MATCH),
    )


def request_carpools(world: World, day: Day, weight: Floats) -> Waves:
    """Let riders ask for carpools, and match them or not."""
    causes, conditions, riders = world.causes, world.conditions, world.population.riders_by_city
    mean_size = float(np.array(causes.wave_sizes) @ np.arange(1, SEATS + 1))
    rate = riders.sums(weight)[:, None] * conditions.carpool_rhythm[day.number] / mean_size
    city, hour = arrivals(day, rate)
    peak = conditions.peak[day.number, city, hour]
    waves = len(city)
    shape = (waves, SEATS)

    size = 1 + day.one_of(causes.wave_sizes, waves)
    member = np.arange(SEATS) < size[:, None]
    rider = riders.draw(weight, city, size, SEATS, day.generator)
    number = world.requests.where(member)
    asked = seconds_in(day, hour, _WAVE_SECONDS)[:, None] + day.between(0, _WAVE_SECONDS, shape)
    distance, seconds = _log_requests(world, day, city, peak, asked, rider, number, member)

    here = (day.number, city, hour)
    withdrawn = member & day.chance(conditions.withdrawal[here][:, None], shape)
    answered = member & ~withdrawn
    matched = answered & day.chance(conditions.match[here][:, None], shape)
    failed = answered & ~matched
    rematched = day.chance(causes.driver_drops_out, waves) & matched.any(axis=1)
    leaving = np.where(rematched, causes.cancel_after_rematch, causes.cancel_after_match)
    left = matched & day.chance(leaving[:, None], shape)

    # The first answer; some tries fail before the one that decides.
    answer_at = asked + day.between(20, 120, shape)
    again = day.chance(np.where(matched, causes.earlier_failure, causes.second_failure), shape)
    again &= answered
    decided_at = answer_at + np.where(again, day.between(60, 180, shape), 0)
    wide_peak = np.broadcast_to(peak[:, None], shape)
    for tries, at in ((again, answer_at), (failed, decided_at)):
        _log_failures(day, at[tries], rider[tries], number[tries], wide_peak[tries])
    log_cancellations(
        day,
        answer_at[withdrawn],
        rider[withdrawn],
        BEFORE_MATCH,
        CARPOOL,
        _BEFORE_REASONS,
        request=number[withdrawn],
    )

    # A wave that has a match gets a ride; if its driver drops out, all are matched again.
    ride_number = world.rides.where(np.asarray(matched.any(axis=1)))
    known_at = np.where(matched, decided_at, 0).max(axis=1)
    rematch_at = known_at + day.between(60, 240, waves)
    ready_at = np.where(rematched, rematch_at, known_at)
    eta = 240 + day.amounts(120.0, 2.0, waves).astype(np.int64)
    log_cancellations(
        day,
        (ready_at[:, None] + day.between(10, 200, shape))[left],
        rider[left],
        AFTER_MATCH,
        CARPOOL,
        _AFTER_REASONS,
        ride=np.broadcast_to(ride_number[:, None], shape)[left],
        request=number[left],
    )
    return Waves(
        city=city,
        peak=peak,
        distance=distance,
        seconds=seconds,
        rider=rider,
        number=number,
        matched=matched,
        failed=failed,
        on_board=matched & ~left,
        decided_at=decided_at,
        ride_number=ride_number,
        rematched=rematched,
        rematch_at=rematch_at,
        eta=eta,
        start=ready_at + eta,
    )


def log_matches(world: World, day: Day, waves: Waves, drivers: Integers) -> None:
    """Log every match.

    Args:
        world: the world.
        day: the day.
        waves: its carpool requests.
        drivers: who drove the waves that were given a ride, in their order.
    """
    assigned = waves.ride_number >= 0
    driver = np.zeros(len(assigned), dtype=np.int64)
    driver[assigned] = drivers
    # A driver who dropped out is the next one of the same city.
    cities = world.population.drivers_by_city
    begin, count = cities.first[waves.city], cities.counts[waves.city]
    dropped = begin + (driver - begin + 1) % count
    first = np.where(waves.rematched, dropped, driver)

    wave, seat = waves.matched.nonzero()
    others = _others(waves.rider, waves.matched)
    again = waves.rematched[wave]
    everyone = np.ones(len(wave), dtype=bool)
    for those, at, who in (
        (everyone, waves.decided_at[wave, seat], first[wave]),
        (again, waves.rematch_at[wave], driver[wave]),
    ):
        day.log(
            "carpool_ride_match_success",
            at[those],
            waves.rider[wave, seat][those],
            request_id=waves.number[wave, seat][those],
            driver_id=world.population.riders + who[those],
            matched_user_ids_list=others[those],
            initial_eta_seconds=waves.eta[wave][those] + day.between(-30, 31, int(those.sum())),
        )
