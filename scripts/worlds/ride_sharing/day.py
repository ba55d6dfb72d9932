"""What every step of a day shares: its log, its chance and the draw of who takes part."""

from dataclasses import dataclass, field

import numpy as np

from scripts.worlds.envelope import SECONDS_PER_DAY, Booleans, Floats, Integers, delays
from scripts.worlds.ride_sharing.conditions import Conditions
from scripts.worlds.ride_sharing.events import CLIENT_EVENTS
from scripts.worlds.ride_sharing.population import Population
from scripts.worlds.ride_sharing.settings import SEATS, Causes
from scripts.worlds.scenario import Columns

# Codes; events.py lists the names they stand for in the same order.
CARPOOL, STANDARD, NO_RIDE_TYPE = 0, 1, -1
DRIVER, RIDER = 0, 1
BEFORE_MATCH, AFTER_MATCH = 0, 1
NO_DRIVERS, NO_MATCH = 0, 1

_MINIMUM_DISTANCE_KM = 1.5
_DISTANCE_SHAPE = 3.5
_TRAFFIC_SHAPE = 25.0


@dataclass
class State:
    """What one day has to know of the days before it.

    Attributes:
        has_ridden: riders whose first ride lies behind them, shape (riders,).
        requests: carpool requests so far.
        rides: ride numbers given out so far.
    """

    has_ridden: Booleans
    requests: int = 0
    rides: int = 0


@dataclass
class DayLog:
    """Collects the events of one day as columns of numbers.

    Attributes:
        generator: draws the delays of arrival.
        end: second at which the world ends; later events never happened.
    """

    generator: np.random.Generator
    end: int
    parts: dict[str, list[Columns]] = field(default_factory=dict)

    def add(self, event: str, at: Integers, actor: Integers, **fields: np.ndarray) -> None:
        """Log events at the given seconds by the given actors; all columns are equally long."""
        delay = delays(self.generator, len(at), client=event in CLIENT_EVENTS)
        columns: Columns = {"at": at, "delay": delay, "actor": actor, **fields}
        # `open_until` is when the thing that an event belongs to ends, if that is later.
        kept = np.maximum(at, columns.pop("open_until", at)) < self.end
        if not kept.all():
            columns = {name: values[kept] for name, values in columns.items()}
        self.parts.setdefault(event, []).append(columns)

    def events(self) -> dict[str, Columns]:
        """Return all columns of each event."""
        return {
            event: {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
            for event, parts in self.parts.items()
        }


@dataclass(frozen=True)
class Day:
    """What stays the same while a day is simulated."""

    day: int
    population: Population
    causes: Causes
    conditions: Conditions
    generator: np.random.Generator
    log: DayLog
    state: State

    def seconds(self, hour: Integers, margin: int) -> Integers:
        """Draw a second inside each UTC hour, at least `margin` before the hour's end."""
        inside = self.generator.integers(0, 3_600 - margin, len(hour))
        return self.day * SECONDS_PER_DAY + hour * 3_600 + inside

    def integers(self, low: int, high: int, size: int | tuple[int, ...]) -> Integers:
        """Draw whole numbers from low up to high - 1."""
        return self.generator.integers(low, high, size)

    def reasons(self, weights: list[float], size: int) -> Integers:
        """Draw codes with the given probabilities, shape (size,)."""
        return np.asarray(self.generator.choice(len(weights), size, p=weights))

    def chance(self, probability: float | Floats, size: int | tuple[int, ...]) -> Booleans:
        """Draw events that happen with the given probability, shape `size`."""
        return np.asarray(self.generator.random(size) < probability)

    def trunks(self, peak: Booleans) -> tuple[Floats, Floats]:
        """Draw kilometres and seconds of direct trips, shape of `peak` each."""
        causes = self.causes
        spread = (causes.mean_distance_km - _MINIMUM_DISTANCE_KM) / _DISTANCE_SHAPE
        size = len(peak)
        distance = _MINIMUM_DISTANCE_KM + self.generator.gamma(_DISTANCE_SHAPE, spread, size)
        speed = np.where(peak, causes.peak_speed_kmh, causes.off_peak_speed_kmh)
        traffic = self.generator.gamma(_TRAFFIC_SHAPE, 1 / _TRAFFIC_SHAPE, size)
        return distance, distance / speed * 3_600 * traffic

    def solo_fare(self, distance: Floats, seconds: Floats) -> Floats:
        """Price a direct trip in US dollars."""
        causes = self.causes
        return (
            causes.base_fare + causes.fare_per_km * distance + causes.fare_per_minute * seconds / 60
        )


def draw_cells(day: Day, rate: Floats) -> tuple[Integers, Integers, Booleans]:
    """Draw how often something happens in each city and hour; give (city, hour, peak) of each."""
    counts = day.generator.poisson(rate)
    cell = np.repeat(np.arange(rate.size), counts.ravel())
    city, hour = cell // 24, cell % 24
    return city, hour, day.conditions.peak[day.day, city, hour]


def draw_riders(day: Day, weight: Floats, city: Integers, size: Integers) -> Integers:
    """Draw `size` different riders of each city with chances in proportion to their weight.

    Systematic sampling: riders lie in random order on a line, each as long as their weight, and
    equidistant points on it are drawn together. Each rider's chance is then exactly
    size * weight / total, which is what makes the expected values of a world computable.

    Returns:
        Riders, shape (len(city), SEATS), 0 in the columns from `size` on.
    """
    cities = day.population.riders_by_city
    if len(city) == 0:
        # Nobody is drawn, and yet the chance is used up that would have put them in order.
        day.generator.random(len(weight))
        return np.zeros((0, SEATS), dtype=np.int64)
    order = cities.shuffled(day.generator)
    line = np.cumsum(weight.take(order))
    until = line[cities.last]
    since = np.concatenate([[0.0], until[:-1]])
    first = day.generator.random(len(city))
    wave, seat = np.nonzero(np.arange(SEATS) < size[:, None])
    city = city[wave]
    offset = first[wave] + seat / size[wave]
    point = since[city] + (offset % 1.0) * (until - since)[city]
    # Points in order are found faster than the search for their order takes.
    turn = np.argsort(point)
    place = np.empty(len(point), dtype=np.int64)
    place[turn] = np.searchsorted(line, point[turn], side="right")
    rider = np.zeros((len(first), SEATS), dtype=np.int64)
    rider[wave, seat] = order[np.minimum(place, cities.last[city])]
    return rider


def log_cancellations(
    day: Day,
    at: Integers,
    rider: Integers,
    ride: Integers,
    request: Integers,
    stage: int,
    ride_type: int,
    reasons: list[float],
) -> None:
    """Log riders' cancellations of one kind."""
    size = len(at)
    day.log.add(
        "ride_cancellation",
        at,
        rider,
        ride_id=ride,
        request_id=request,
        stage_of_cancellation=np.full(size, stage),
        reason_code=day.reasons(reasons, size),
        ride_type=np.full(size, ride_type),
    )
