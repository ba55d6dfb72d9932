"""A day while it is simulated: its chance and its log."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import numpy as np

from scripts.worlds.days import joined
from scripts.worlds.envelope import SECONDS_PER_DAY, Booleans, Floats, Integers, delays
from scripts.worlds.scenario import Arguments, Columns


@dataclass(frozen=True)
class Day:
    """A UTC day of a world.

    Attributes:
        number: day of the world, from 0.
        end: second at which the world ends; later events never happened.
        generator: this day's own source of chance.
        client_events: events that a device logs, which may arrive late.
        parts: what was logged so far, by event.
    """

    number: int
    end: int
    generator: np.random.Generator
    client_events: frozenset[str] = frozenset()
    parts: dict[str, list[Columns]] = field(default_factory=dict)

    @property
    def start(self) -> int:
        """The first second of the day, since the start of the world."""
        return self.number * SECONDS_PER_DAY

    def chance(self, probability: float | Floats, size: int | tuple[int, ...]) -> Booleans:
        """Draw events that happen with the given probability, shape `size`."""
        return np.asarray(self.generator.random(size) < probability)

    def one_of(self, shares: tuple[float, ...] | Floats, size: int) -> Integers:
        """Draw codes from 0 on with the given probabilities, shape (size,)."""
        return np.asarray(self.generator.choice(len(shares), size, p=shares))

    def between(self, low: int, high: int, size: int | tuple[int, ...]) -> Integers:
        """Draw whole numbers from low up to high - 1, shape `size`."""
        return self.generator.integers(low, high, size)

    def amounts(self, mean: float, shape: float, size: int) -> Floats:
        """Draw amounts above 0, gamma distributed: the greater `shape`, the closer to the mean."""
        return self.generator.gamma(shape, mean / shape, size)

    def log(
        self,
        event: str,
        at: Integers,
        actor: Integers,
        *,
        where: Booleans | None = None,
        open_until: Integers | None = None,
        **fields: np.ndarray | int,
    ) -> None:
        """Log events.

        Args:
            event: its name.
            at: seconds since the start of the world.
            actor: who acts, as long as `at`.
            where: which entries of `at`, `actor` and the fields are logged; all by default.
            open_until: when that ends which an event belongs to, if that is later.
            fields: numbers from which the event's fields are made, as long as `at`, or one number
                for all.

        Raises:
            ValueError: a column is not as long as `at`.
        """
        columns: Columns = {"at": at, "actor": actor}
        if open_until is not None:
            columns["open_until"] = open_until
        columns |= {name: np.asarray(values) for name, values in fields.items()}
        if where is not None:
            columns = {
                name: values[where] if values.ndim else values for name, values in columns.items()
            }
        size = len(columns["at"])
        columns = {
            name: values if values.ndim else np.full(size, values)
            for name, values in columns.items()
        }
        for name, values in columns.items():
            if len(values) != size:
                raise ValueError(f"{event}: {name} has {len(values)} entries, and `at` has {size}")
        columns["delay"] = delays(self.generator, size, client=event in self.client_events)
        kept = np.maximum(columns["at"], columns.pop("open_until", columns["at"])) < self.end
        if not kept.all():
            columns = {name: values[kept] for name, values in columns.items()}
        self.parts.setdefault(event, []).append(columns)

    def events(self) -> dict[str, Columns]:
        """Return what was logged, all columns of each event."""
        return {event: joined(parts) for event, parts in self.parts.items()}


def simulate_days(
    arguments: Arguments, client_events: frozenset[str], live: Callable[[Day], None]
) -> Iterator[dict[str, Columns]]:
    """Simulate the days of a world, and number their events.

    Args:
        arguments: checked arguments.
        client_events: events that a device logs.
        live: logs what a day leads to.

    Yields:
        The columns of each event that a day leads to, some of them on later days.
    """
    logged: dict[str, int] = {}
    for number in range(arguments.days):
        # Each day has its own stream of chance, so no day depends on how another drew.
        generator = np.random.default_rng([arguments.seed, 1, number])
        day = Day(number, arguments.seconds, generator, client_events)
        live(day)
        events = day.events()
        for event, columns in events.items():
            size = len(columns["at"])
            before = logged.get(event, 0)
            logged[event] = before + size
            columns["number"] = np.arange(before + 1, before + 1 + size)
            # What would arrive after the end of the world arrives just before it.
            received = columns["at"] + columns.pop("delay")
            columns["received"] = np.minimum(received, arguments.seconds - 1)
        yield events
