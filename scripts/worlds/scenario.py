"""What every scenario gives to the command line, the fault planter and the writers."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

import numpy as np
import pyarrow as pa

from scripts.worlds.envelope import FIRST_DAY, SECONDS_PER_DAY, Actors

Columns = dict[str, np.ndarray]
"""Columns of numbers of one event: when, who, and what its fields are made from.

Every event has `at` and `received` (seconds since the start of the world), `actor` and `number`
(from 1 on). While a day is simulated it has `delay` (seconds until it is received) instead of
`received` and `number`.
"""

Field = Callable[[np.ndarray, Actors], pa.Array]
"""Turns numbers into what is logged."""

Fields = dict[str, dict[str, Field]]
"""The fields of each event, besides the envelope."""

Tables = dict[str, pa.Table]
Truth = dict[str, dict[str, Any]]


class WorldError(ValueError):
    """A world cannot be made from these arguments; the message is one line for the user."""


@dataclass(frozen=True)
class Arguments:
    """What decides a world's events, byte for byte.

    Attributes:
        world: one of the scenario's worlds.
        users: number of users, those who join later included.
        days: length of the history in UTC days, from `FIRST_DAY`.
        seed: seed of every random draw.
    """

    world: str
    users: int
    days: int
    seed: int

    @property
    def end(self) -> datetime:
        """The first instant after the world: every event is received before it."""
        return datetime.combine(FIRST_DAY + timedelta(days=self.days), datetime.min.time())

    @property
    def seconds(self) -> int:
        """The length of the history in seconds."""
        return self.days * SECONDS_PER_DAY


@dataclass(frozen=True)
class EventSchema:
    """What the fault planter has to know of one event's fields.

    Attributes:
        prefix: start of the event's ids.
        required_ids: columns that may never be empty, `event_id` first.
        accepted: for each column with a closed list of values, a value outside it.
        numbers: numeric columns.
        money: columns that may never be negative.
        foreign_keys: for each column that refers to another event, the prefix of its ids.
        orphan_where: a column and the value it needs before a row can be told an orphan.
    """

    prefix: str
    required_ids: tuple[str, ...]
    accepted: dict[str, str]
    numbers: tuple[str, ...] = ()
    money: tuple[str, ...] = ()
    foreign_keys: dict[str, str] = field(default_factory=dict)
    orphan_where: tuple[str, str] | None = None


@dataclass(frozen=True)
class Simulation:
    """A world before faults: what happens, and what is expected to happen.

    Attributes:
        actors: everybody who can act.
        days: simulates one day after the other; gives the columns of each event of a day.
        launch_day: first day of the feature that the scenario is about.
        truth: computes the expected values from the launch to the given last complete day, both
            days of the world from 0, once all days are simulated.
    """

    actors: Actors
    days: Iterator[dict[str, Columns]]
    launch_day: int
    truth: Callable[[int], Truth]

    @property
    def launch_date(self) -> date:
        """The date of the launch."""
        return FIRST_DAY + timedelta(days=self.launch_day)


@dataclass(frozen=True)
class Scenario:
    """A scenario as the command line sees it.

    Attributes:
        name: slug, also the name of its folders.
        worlds: what is special about each of its worlds, in a few words.
        defaults: the arguments of the committed seeds.
        minimum_users: fewest users that still make a sensible world.
        minimum_days: shortest history in which every target can be judged.
        days_hold: what has to lie within these days, in a few words.
        fields: the fields of each event.
        schemas: one schema for each event.
        fault_plan: kind -> event -> number of faults.
        references: small reference tables that are committed beside the seeds.
        simulate: begins a world.
        sampling_rate: share of a product's users that the committed seeds stand for, where a
            target counts what all of them do.
    """

    name: str
    worlds: dict[str, str]
    defaults: Arguments
    minimum_users: int
    minimum_days: int
    days_hold: str
    fields: Fields
    schemas: dict[str, EventSchema]
    fault_plan: dict[str, dict[str, int]]
    references: Tables
    simulate: Callable[[Arguments], Simulation]
    sampling_rate: float | None = None

    def check(self, arguments: Arguments) -> None:
        """Raise `WorldError` if a world cannot be made from these arguments."""
        if arguments.world not in self.worlds:
            choice = " or ".join(self.worlds)
            raise WorldError(f"unknown world {arguments.world!r}: choose {choice}")
        if arguments.users < self.minimum_users:
            raise WorldError(
                f"{arguments.users} users are too few: {self.name} needs {self.minimum_users}"
            )
        if arguments.days < self.minimum_days:
            raise WorldError(
                f"{arguments.days} days are too few: {self.name} needs {self.minimum_days}, "
                f"for {self.days_hold}"
            )
        if arguments.seed < 0:
            raise WorldError(f"the seed is {arguments.seed}: it must not be negative")
