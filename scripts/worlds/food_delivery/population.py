"""Customers, couriers, zones and restaurants before anything happens."""

from dataclasses import dataclass

import numpy as np

from scripts.worlds.envelope import Actors, Floats, Integers
from scripts.worlds.food_delivery.settings import (
    CUSTOMERS_PER_ZONE,
    DINNER_COURIERS,
    LUNCH_COURIERS,
    RESTAURANTS_PER_ZONE,
    ZONE_KINDS,
)
from scripts.worlds.kit.people import draw_actors
from scripts.worlds.scenario import Arguments

KM_PER_DEGREE = 6_371.0088 * np.pi / 180
COURIERS_PER_ZONE = LUNCH_COURIERS + DINNER_COURIERS
_PLATFORM_SHARES = (0.6, 0.4, 0.0)
_ZONES_IN_A_ROW, _DEGREES_APART = 100, 0.15
_FARTHEST_RESTAURANT_KM = 2.5


@dataclass(frozen=True)
class Population:
    """Who and what there is.

    Attributes:
        customers: number of customers; those of a zone lie together.
        zones: number of zones.
        restaurant_latitude, restaurant_longitude: shape (zones, restaurants of each).
        actors: customers, then couriers by zone, then the host that makes batches.
    """

    customers: int
    zones: int
    restaurant_latitude: Floats
    restaurant_longitude: Floats
    actors: Actors

    @property
    def zone_kind(self) -> Integers:
        """Kind of each zone, shape (zones,)."""
        return np.arange(self.zones) % ZONE_KINDS

    @property
    def zone_sizes(self) -> Integers:
        """Customers of each zone, shape (zones,)."""
        return np.diff(self.zone_bounds)

    @property
    def zone_bounds(self) -> Integers:
        """First customer of each zone, and their number, shape (zones + 1,)."""
        return np.arange(self.zones + 1) * self.customers // self.zones

    @property
    def first_courier(self) -> int:
        """Actor from which on the couriers lie."""
        return self.customers

    @property
    def host(self) -> int:
        """Actor that makes batches."""
        return self.customers + self.zones * COURIERS_PER_ZONE


def populate(arguments: Arguments) -> Population:
    """Draw the people and places of a world."""
    generator = np.random.default_rng([arguments.seed, 0])
    customers = arguments.users
    groups = max(1, round(customers / (ZONE_KINDS * CUSTOMERS_PER_ZONE)))
    zones = ZONE_KINDS * groups
    row, place = np.divmod(np.arange(zones), _ZONES_IN_A_ROW)
    shape = (zones, RESTAURANTS_PER_ZONE)
    away = _FARTHEST_RESTAURANT_KM * np.sqrt(generator.random(shape))
    bearing = 2 * np.pi * generator.random(shape)
    latitude = 40.0 + _DEGREES_APART * row[:, None] + away * np.cos(bearing) / KM_PER_DEGREE
    east = away * np.sin(bearing) / KM_PER_DEGREE / np.cos(np.radians(latitude))
    return Population(
        customers=customers,
        zones=zones,
        restaurant_latitude=latitude,
        restaurant_longitude=-74.0 + _DEGREES_APART * place[:, None] + east,
        actors=draw_actors(
            generator,
            {"u": customers, "d": zones * COURIERS_PER_ZONE, "h": 1},
            _PLATFORM_SHARES,
        ),
    )
