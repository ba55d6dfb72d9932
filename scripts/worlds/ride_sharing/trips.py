"""What carpools and standard trips share: when, where, how far, at what price, and called off."""

import numpy as np

from scripts.worlds.envelope import Booleans, Floats, Integers
from scripts.worlds.kit.day import Day
from scripts.worlds.ride_sharing.settings import Causes
from scripts.worlds.ride_sharing.world import NO_REQUEST, NO_RIDE, World

_MINIMUM_DISTANCE_KM = 1.5
_DISTANCE_SHAPE = 3.5
_TRAFFIC_SHAPE = 25.0


def draw_cells(world: World, day: Day, rate: Floats) -> tuple[Integers, Integers, Booleans]:
    """Draw how often something happens in each city and hour; give (city, hour, peak) of each."""
    cell = np.repeat(np.arange(rate.size), day.generator.poisson(rate).ravel())
    city, hour = cell // 24, cell % 24
    return city, hour, world.conditions.peak[day.number, city, hour]


def draw_seconds(day: Day, hour: Integers, margin: int) -> Integers:
    """Draw a second inside each UTC hour, at least `margin` before the hour's end."""
    return np.asarray(day.start + hour * 3_600 + day.between(0, 3_600 - margin, len(hour)))


def draw_trunks(causes: Causes, day: Day, peak: Booleans) -> tuple[Floats, Floats]:
    """Draw kilometres and seconds of direct trips, shape of `peak` each."""
    spread = (causes.mean_distance_km - _MINIMUM_DISTANCE_KM) / _DISTANCE_SHAPE
    size = len(peak)
    distance = _MINIMUM_DISTANCE_KM + day.generator.gamma(_DISTANCE_SHAPE, spread, size)
    speed = np.where(peak, causes.peak_speed_kmh, causes.off_peak_speed_kmh)
    traffic = day.generator.gamma(_TRAFFIC_SHAPE, 1 / _TRAFFIC_SHAPE, size)
    return distance, distance / speed * 3_600 * traffic


def solo_fare(causes: Causes, distance: Floats, seconds: Floats) -> Floats:
    """Price a direct trip in US dollars."""
    return causes.base_fare + causes.fare_per_km * distance + causes.fare_per_minute * seconds / 60


def log_cancellations(
    day: Day,
    at: Integers,
    rider: Integers,
    stage: int,
    ride_type: int,
    reasons: tuple[float, ...],
    ride: Integers | int = NO_RIDE,
    request: Integers | int = NO_REQUEST,
) -> None:
    """Log riders' cancellations of one kind."""
    day.log(
        "ride_cancellation",
        at,
        rider,
        ride_id=ride,
        request_id=request,
        stage_of_cancellation=stage,
        reason_code=day.one_of(reasons, len(at)),
        ride_type=ride_type,
    )
