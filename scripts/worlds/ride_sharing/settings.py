"""The causes of the ride-sharing worlds, in one place."""

from dataclasses import dataclass, replace

import numpy as np

LAUNCH_DAY = 56
"""Day of the world on which carpool opens, a Monday."""

SEATS = 4

SWAP_WAIT = 0.06
"""Part of a rider's time on board that is spent waiting at a swap stop, if there is one."""


@dataclass(frozen=True)
class City:
    """A city, its box on the map and how it differs from the others.

    `supply` multiplies the drivers on the road, `openness` the riders' interest in carpool and
    `share` is the part of all users who live there.
    """

    name: str
    country: str
    time_zone: str
    min_latitude: float
    max_latitude: float
    min_longitude: float
    max_longitude: float
    share: float
    supply: float
    openness: float


CITIES = (
    City("Lisbon", "PT", "Europe/Lisbon", 38.60, 38.90, -9.35, -9.00, 0.28, 1.10, 1.08),
    City("Austin", "US", "America/Chicago", 30.10, 30.50, -97.95, -97.55, 0.25, 0.88, 0.88),
    City("Toronto", "CA", "America/Toronto", 43.55, 43.90, -79.65, -79.10, 0.27, 1.00, 1.02),
    City("Melbourne", "AU", "Australia/Melbourne", -38.05, -37.60, 144.70, 145.30, 0.20, 1.05, 1.0),
)

HUBS = np.array(
    [
        [(38.768, -9.099), (38.706, -9.144), (38.741, -9.167)],
        [(30.267, -97.743), (30.402, -97.725), (30.203, -97.667)],
        [(43.645, -79.381), (43.725, -79.448), (43.775, -79.258)],
        [(-37.818, 144.952), (-37.819, 145.122), (-37.801, 144.902)],
    ]
)
"""Stations, centres and airports of each city: latitude and longitude, the busiest one first."""

HUB_SHARES = (0.5, 0.3, 0.2)
"""How much of what starts at one of a city's hubs starts at each."""


@dataclass(frozen=True)
class Causes:
    """Everything that decides how a world goes; the defaults are the healthy one.

    Times are in seconds, money in US dollars, probabilities and shares between 0 and 1.
    """

    # Demand. A rider takes `trips_per_day` on average and asks for a carpool on a share of them.
    trips_per_day: float = 0.066
    joining_share: float = 0.35
    carpool_share: float = 0.45
    new_rider_openness: float = 1.3
    web_openness: float = 0.7
    adoption_days: float = 65.0
    fatigue_days: float = np.inf
    wave_sizes: tuple[float, float, float, float] = (0.14, 0.35, 0.34, 0.17)

    # Places. Many ask at hubs, most of all on the way to work and home, and the others anywhere.
    hub_share_peak: float = 0.35
    hub_share_off_peak: float = 0.15

    # Supply and matching. More drivers for each trip make a match likelier. A carpool pays several
    # fares and the driver a larger part of each: some drivers look for it, most take what comes.
    riders_per_driver: float = 10.0
    drivers_preferring_carpool: float = 0.2
    supply: float = 3.7
    shift_elasticity: float = 0.65
    impatience: float = 0.015
    impatience_when_short: float = 0.12
    earlier_failure: float = 0.03
    second_failure: float = 0.15
    driver_drops_out: float = 0.07
    cancel_after_match: float = 0.022
    cancel_after_rematch: float = 0.08
    standard_cancellation: float = 0.04
    fallback_after_failure: float = 0.5

    # Routes. Every further rider costs the others a stop on the way in and one on the way out.
    mean_distance_km: float = 7.0
    peak_speed_kmh: float = 19.0
    off_peak_speed_kmh: float = 25.0
    stop_seconds: float = 165.0
    plan_slack_seconds: float = 40.0
    swap_stop: float = 0.06

    # Fares: the base, each kilometre, each minute; a carpool rider pays a part of the solo fare.
    base_fare: float = 2.4
    fare_per_km: float = 0.95
    fare_per_minute: float = 0.28
    carpool_fare_part: float = 0.68
    driver_part_standard: float = 0.75
    driver_part_carpool: float = 0.81

    # Quality. A bad experience has a cause of its own or comes from the minutes of detour.
    bad_ride: float = 0.025
    bad_ride_per_detour_minute: float = 0.006
    bad_rider: float = 0.005
    bad_rider_per_other_rider: float = 0.006
    bad_standard_ride: float = 0.06
    ticket_carpool: float = 0.012
    ticket_standard: float = 0.006
    ticket_without_ride: float = 0.0005

    # How much people tell.
    rating_carpool: float = 0.78
    rating_standard: float = 0.22
    revision: float = 0.04


WORLDS: dict[str, Causes] = {
    "healthy": Causes(),
    "degraded": replace(
        Causes(),
        # A launch that drew interest and did not keep it.
        carpool_share=0.38,
        adoption_days=12.0,
        fatigue_days=180.0,
        # Few neighbours ask at the same time, and there are too few drivers to take them.
        wave_sizes=(0.38, 0.37, 0.18, 0.07),
        supply=1.05,
        impatience=0.06,
        impatience_when_short=0.2,
        driver_drops_out=0.15,
        cancel_after_match=0.28,
        cancel_after_rematch=0.38,
        # Riders who are pooled live far apart.
        stop_seconds=500.0,
        plan_slack_seconds=600.0,
        bad_ride=0.48,
        bad_rider=0.52,
        ticket_carpool=0.05,
    ),
}

# Scores from 1 to 5 after a good and after a bad experience, and the first, later revised ones.
GOOD_SCORES = np.array([0.0, 0.005, 0.015, 0.15, 0.83])
BAD_SCORES = np.array([0.15, 0.25, 0.30, 0.20, 0.10])
HARSH_SCORES = np.array([0.5, 0.3, 0.2, 0.0, 0.0])
