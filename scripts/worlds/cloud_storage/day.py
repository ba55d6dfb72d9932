"""What every step of a day shares: its log, its chance, its clock and what lies behind it."""

from dataclasses import dataclass, field

import numpy as np

from scripts.worlds.cloud_storage.events import CLIENT_EVENTS
from scripts.worlds.cloud_storage.population import Population
from scripts.worlds.cloud_storage.settings import Causes
from scripts.worlds.envelope import Booleans, Floats, Integers, delays
from scripts.worlds.scenario import Columns

# Codes; events.py lists the names they stand for in the same order.
QUICK_ACCESS, SEARCH, BROWSE = 0, 1, 2
FOLDER_OPEN, SORT_FILES = 0, 1
NOT_RELEVANT, DISMISS = 0, 1


@dataclass
class State:
    """What one day has to know of the days before it.

    Attributes:
        exposed_day: day of each user's first exposure, `NEVER` before it, shape (users,).
        has_clicked: users whose first click lies behind them, shape (users,).
        sessions: sessions so far.
        impressions: impressions so far.
    """

    exposed_day: Integers
    has_clicked: Booleans
    sessions: int = 0
    impressions: int = 0


@dataclass
class DayLog:
    """Collects the events of one day as columns of numbers."""

    generator: np.random.Generator
    parts: dict[str, list[Columns]] = field(default_factory=dict)

    def add(self, event: str, at: Integers, actor: Integers, **fields: np.ndarray) -> None:
        """Log events at the given seconds by the given users; all columns are equally long."""
        delay = delays(self.generator, len(at), client=event in CLIENT_EVENTS)
        columns: Columns = {"at": at, "delay": delay, "actor": actor, **fields}
        self.parts.setdefault(event, []).append(columns)

    def events(self) -> dict[str, Columns]:
        """Return all columns of each event."""
        return {
            event: {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
            for event, parts in self.parts.items()
        }


@dataclass(frozen=True)
class Sessions:
    """Sessions of one day that leave a trace, one entry each.

    Attributes:
        number: session numbers.
        user: index into the population.
        now: second of the latest event, or of the start; moves on while the day is simulated.
        panel: the session starts on a home screen with Quick Access.
        notices: probability of seeing a wanted file that the panel lists.
        tasks: files the user has come for.
    """

    number: Integers
    user: Integers
    now: Integers
    panel: Booleans
    notices: Floats
    tasks: Integers


@dataclass(frozen=True)
class Day:
    """What stays the same while a day is simulated."""

    day: int
    population: Population
    causes: Causes
    generator: np.random.Generator
    log: DayLog
    state: State

    def chance(self, probability: float | Floats, size: int) -> Booleans:
        """Draw events that happen with the given probability, shape (size,)."""
        return np.asarray(self.generator.random(size) < probability)

    def one_of(self, shares: tuple[float, ...], size: int) -> Integers:
        """Draw codes with the given probabilities, shape (size,)."""
        return np.asarray(self.generator.choice(len(shares), size, p=shares))

    def pass_time(self, sessions: Sessions, who: Integers, seconds: float) -> Integers:
        """Let some sessions go on by a step; give the second at which each is then.

        A step of a user takes one second and pace * `seconds` more on average, never more than
        twice as much. Drawn fractions of a second are rounded up or down by chance, so that the
        mean stays what it is.
        """
        draws = self.generator.random((3, len(who)))
        step = self.population.pace[sessions.user[who]] * seconds * (draws[0] + draws[1])
        sessions.now[who] += 1 + np.floor(step + draws[2]).astype(np.int64)
        return sessions.now[who]

    def log_in(self, event: str, sessions: Sessions, who: Integers, **fields: np.ndarray) -> None:
        """Log what happens in some sessions at their present second."""
        self.log.add(
            event,
            sessions.now[who],
            sessions.user[who],
            session_id=sessions.number[who],
            **fields,
        )

    def log_opens(
        self, sessions: Sessions, who: Integers, file: Integers, method: Integers
    ) -> None:
        """Log opened files."""
        self.log_in("file_opened", sessions, who, file_id=file, open_method=method)
