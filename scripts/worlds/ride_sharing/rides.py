"""Rides of a day: carpools that waves of requests became, standard rides, and who was on board."""

from dataclasses import dataclass, fields, replace
from typing import TypeVar

import numpy as np

from scripts.worlds.envelope import Booleans, Floats, Integers
from scripts.worlds.kit.day import Day
from scripts.worlds.kit.groups import first_ever, turns
from scripts.worlds.kit.hours import arrivals, seconds_in
from scripts.worlds.ride_sharing.requests import Waves
from scripts.worlds.ride_sharing.settings import SWAP_WAIT, Causes
from scripts.worlds.ride_sharing.trips import draw_trunks, log_cancellations, solo_fare
from scripts.worlds.ride_sharing.world import AFTER_MATCH, BEFORE_MATCH, CARPOOL, STANDARD, World

_STOP_SHAPE = 4.0
_STOP_SPEED_PART = 0.5
_FARE_SHAPE = 100.0
# So many drivers whose turns follow each other can swap rides.
_NEAR = 8
_HAS_DRIVER_WHEN_CANCELLED = 0.45
# Probabilities of the cancellation reasons in events.py, in its order.
_STANDARD_REASONS = (0.40, 0.32, 0.13, 0.10, 0.0, 0.05)


@dataclass(frozen=True)
class Rides:
    """Rides of one day, one entry each, carpools first.

    Attributes:
        number: ride numbers.
        city: index into `CITIES`.
        start: seconds since the start of the world.
        duration: seconds from the first pickup to the last drop-off.
        distance: kilometres driven.
        riders: riders who complete the ride; none if all of them left after the match.
        driver: index into the population's drivers.
    """

    number: Integers
    city: Integers
    start: Integers
    duration: Integers
    distance: Floats
    riders: Integers
    driver: Integers


@dataclass(frozen=True)
class Riders:
    """Riders on the rides of one day, one entry for each rider on a ride.

    Attributes:
        ride: position of the ride in `Rides`.
        rider: index into the population's riders.
        request: request number, -1 on a standard ride.
        ride_type: `CARPOOL` or `STANDARD`.
        pickup, dropoff: seconds since the start of the world.
        fare: US dollars.
        detour: seconds of planned detour.
    """

    ride: Integers
    rider: Integers
    request: Integers
    ride_type: Integers
    pickup: Integers
    dropoff: Integers
    fare: Floats
    detour: Integers


Entries = TypeVar("Entries", Rides, Riders)


def _joined(first: Entries, second: Entries) -> Entries:
    """Put two sets of entries behind each other."""
    columns = [column.name for column in fields(first)]
    return type(first)(
        **{name: np.concatenate([getattr(first, name), getattr(second, name)]) for name in columns}
    )


def _carpools(causes: Causes, day: Day, waves: Waves) -> tuple[Rides, Riders]:
    """Drive the waves that were matched: pick up in turn, drive, and drop off in the same order."""
    assigned = waves.ride_number >= 0
    riders = waves.on_board.sum(axis=1)
    further = (riders - 1).clip(min=0)
    stops = day.amounts(causes.stop_seconds, _STOP_SHAPE, len(riders))
    stop = np.round(stops).astype(np.int64)
    trunk = np.round(waves.seconds).astype(np.int64)
    detours = 2 * further * stop
    rides = Rides(
        number=waves.ride_number[assigned],
        city=waves.city[assigned],
        start=waves.start[assigned],
        duration=(trunk + detours)[assigned],
        distance=(waves.distance * (1 + _STOP_SPEED_PART * detours / trunk))[assigned],
        riders=riders[assigned],
        driver=np.zeros(int(assigned.sum()), dtype=np.int64),
    )
    wave = waves.on_board.nonzero()[0]
    # Each further rider costs a stop on the way in and one on the way out.
    pickup = waves.start[wave] + turns(riders) * stop[wave]
    slack = day.amounts(causes.plan_slack_seconds, 2.0, len(wave))
    part = causes.carpool_fare_part * day.amounts(1.0, _FARE_SHAPE, len(wave))
    return rides, Riders(
        ride=(np.cumsum(assigned) - 1)[wave],
        rider=waves.rider[waves.on_board],
        request=waves.number[waves.on_board],
        ride_type=np.full(len(wave), CARPOOL),
        pickup=pickup,
        dropoff=pickup + trunk[wave] + further[wave] * stop[wave],
        fare=part * solo_fare(causes, waves.distance, waves.seconds)[wave],
        detour=np.round(further[wave] * stop[wave] + slack).astype(np.int64),
    )


def _log_standard_cancellations(world: World, day: Day, asked: Integers, rider: Integers) -> None:
    """Log standard trips that are called off; one that has no driver yet has no ride either."""
    had_driver = day.chance(_HAS_DRIVER_WHEN_CANCELLED, len(asked))
    ride = world.rides.where(had_driver)
    for stage, those in ((BEFORE_MATCH, ~had_driver), (AFTER_MATCH, had_driver)):
        at = asked[those] + 150 * stage + day.between(15, 150, int(those.sum()))
        log_cancellations(
            day, at, rider[those], stage, STANDARD, _STANDARD_REASONS, ride=ride[those]
        )


def _standard_rides(world: World, day: Day, waves: Waves, weight: Floats) -> tuple[Rides, Riders]:
    """Drive the standard trips wished for, and those of riders who found no carpool."""
    causes, riders = world.causes, world.population.riders_by_city
    rate = riders.sums(weight)[:, None] * world.conditions.standard_rhythm[day.number]
    city, hour = arrivals(day, rate)
    peak = world.conditions.peak[day.number, city, hour]
    rider = riders.draw_one(weight, city, day.generator)
    asked = seconds_in(day, hour)
    off = day.chance(causes.standard_cancellation, len(city))
    _log_standard_cancellations(world, day, asked[off], rider[off])

    fallback = waves.failed & day.chance(causes.fallback_after_failure, waves.failed.shape)
    wave = fallback.nonzero()[0]
    city = np.concatenate([city[~off], waves.city[wave]])
    peak = np.concatenate([peak[~off], waves.peak[wave]])
    rider = np.concatenate([rider[~off], waves.rider[fallback]])
    asked = np.concatenate([asked[~off], waves.decided_at[fallback] + 60])
    distance, seconds = draw_trunks(causes, day, peak)
    size = len(city)
    nothing = np.zeros(size, dtype=np.int64)
    duration = np.round(seconds).astype(np.int64)
    start = asked + day.between(150, 600, size)
    rides = Rides(
        number=world.rides.next(size),
        city=city,
        start=start,
        duration=duration,
        distance=distance,
        riders=nothing + 1,
        driver=nothing,
    )
    return rides, Riders(
        ride=np.arange(size),
        rider=rider,
        request=nothing - 1,
        ride_type=nothing + STANDARD,
        pickup=start,
        dropoff=start + duration,
        fare=solo_fare(causes, distance, seconds),
        detour=nothing,
    )


def _with_wishes(
    driver: Integers, prefers: Booleans, carpool: Booleans, near: Integers
) -> Integers:
    """Let drivers who are near each other swap rides, so that those who prefer carpools get them.

    Those who have what they prefer keep it. Among the others the driver decides: not chance, so
    that all else of the day is as it would be without wishes, and not the hour, which is no wish.

    Args:
        driver: each ride's driver, nobody twice among those who are near each other.
        prefers: whether that driver prefers carpools.
        carpool: whether the ride is one.
        near: number of the group of rides whose drivers are near each other.
    """
    ride = np.lexsort((driver, ~prefers, ~carpool, near))
    wish = np.lexsort((driver, ~carpool, ~prefers, near))
    swapped = np.empty_like(driver)
    swapped[ride] = driver[wish]
    return swapped


def _roster(world: World, day: Day, city: Integers, start: Integers, carpool: Booleans) -> Integers:
    """Give each ride a driver of its city: in turns by start, so that nobody drives two at once."""
    drivers = world.population.drivers_by_city
    roster = drivers.shuffled(day.generator)
    order = np.lexsort((start, city))
    in_city = city[order]
    count = drivers.counts[in_city]
    lap, turn = np.divmod(turns(np.bincount(city, minlength=drivers.groups)), count)
    in_turn = roster[drivers.first[in_city] + turn]
    # Half of a city's drivers at most, so that the others drive between two turns of one.
    place = turn // np.minimum(_NEAR, (count + 1) // 2)
    near = (lap * drivers.groups + in_city) * len(roster) + place
    prefers = world.population.prefers_carpool[in_turn]
    driver = np.empty(len(city), dtype=np.int64)
    driver[order] = _with_wishes(in_turn, prefers, carpool[order], near)
    return driver


def drive(world: World, day: Day, waves: Waves, weight: Floats) -> tuple[Rides, Riders]:
    """Drive the day's carpools and standard rides.

    Args:
        world: the world.
        day: the day.
        waves: its carpool requests.
        weight: standard trips that each rider takes on an average day, shape (riders,).
    """
    carpools, pooled = _carpools(world.causes, day, waves)
    standard, alone = _standard_rides(world, day, waves, weight)
    alone = replace(alone, ride=alone.ride + len(carpools.number))
    rides, aboard = _joined(carpools, standard), _joined(pooled, alone)
    is_carpool = np.arange(len(rides.number)) < len(carpools.number)
    return replace(rides, driver=_roster(world, day, rides.city, rides.start, is_carpool)), aboard


def log_rides(world: World, day: Day, rides: Rides, aboard: Riders) -> None:
    """Log completions and first rides, each when the rider is dropped off."""
    causes, ride = world.causes, aboard.ride
    carpool = aboard.ride_type == CARPOOL
    fare = np.round(aboard.fare, 2)
    part = np.where(carpool, causes.driver_part_carpool, causes.driver_part_standard)
    driver_share = np.round(fare * part, 2)
    day.log(
        "ride_completion",
        aboard.dropoff,
        aboard.rider,
        ride_id=rides.number[ride],
        ride_type=aboard.ride_type,
        driver_id=world.population.riders + rides.driver[ride],
        request_id=aboard.request,
        city=rides.city[ride],
        fare_usd=fare,
        fare_usd_driver_share=driver_share,
        fare_usd_platform_share=fare - driver_share,
        distance_km=rides.distance[ride],
        duration_seconds=rides.duration[ride],
        carpool_rider_count=np.where(carpool, rides.riders[ride], -1),
    )
    first = first_ever(aboard.dropoff, aboard.rider, world.has_ridden)
    day.log(
        "user_first_ride",
        aboard.dropoff[first],
        aboard.rider[first],
        ride_id=rides.number[ride[first]],
        ride_type=aboard.ride_type[first],
    )


def log_legs(world: World, day: Day, rides: Rides, aboard: Riders) -> None:
    """Log the legs of carpools; at a swap stop a rider changes seats and starts a second leg."""
    pooled = np.flatnonzero(aboard.ride_type == CARPOOL)
    ride = aboard.ride[pooled]
    pickup, dropoff = aboard.pickup[pooled], aboard.dropoff[pooled]
    on_board = dropoff - pickup
    detour = aboard.detour[pooled]
    swaps = day.chance(world.causes.swap_stop, len(ride)) & (rides.riders[ride] > 1)
    part = 0.35 + 0.3 * day.generator.random(len(ride))
    wait = np.round(SWAP_WAIT * on_board).astype(np.int64)
    swap_at = pickup + np.round((on_board - wait) * part).astype(np.int64)
    first_detour = np.where(swaps, np.round(detour * part).astype(np.int64), detour)
    for those, since, until, seconds in (
        (None, pickup, np.where(swaps, swap_at, dropoff), first_detour),
        (swaps, swap_at + wait, dropoff, detour - first_detour),
    ):
        day.log(
            "carpool_leg_details",
            until,
            world.population.riders + rides.driver[ride],
            where=those,
            open_until=dropoff,
            ride_id=rides.number[ride],
            leg_user_id=aboard.rider[pooled],
            leg_pickup_timestamp=since,
            leg_dropoff_timestamp=until,
            leg_intended_detour_seconds=seconds,
        )
