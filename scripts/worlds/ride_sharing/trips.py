"""What carpools and standard trips share: how far they go, what they cost, and who calls off."""

import numpy as np

from scripts.worlds.envelope import Booleans, Floats, Integers
from scripts.worlds.kit.day import Day
from scripts.worlds.ride_sharing.settings import Causes
from scripts.worlds.ride_sharing.world import NO_REQUEST, NO_RIDE

_MINIMUM_DISTANCE_KM = 1.5
_DISTANCE_SHAPE = 3.5
_TRAFFIC_SHAPE = 25.0


def draw_trunks(causes: Causes, day: Day, peak: Booleans) -> tuple[Floats, Floats]:
    """Draw kilometres and seconds of direct trips, shape of `peak` each."""
    size = len(peak)
    further = causes.mean_distance_km - _MINIMUM_DISTANCE_KM
    distance = _MINIMUM_DISTANCE_KM + day.amounts(further, _DISTANCE_SHAPE, size)
    speed = np.where(peak, causes.peak_speed_kmh, causes.off_peak_speed_kmh)
    traffic = day.amounts(1.0, _TRAFFIC_SHAPE, size)
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
