"""Daily builds of whatever may be delivered: they equal a build of everything, or say what differs.

Each sequence is drawn from a seed. GSMT_SEQUENCES says how many are tried, from GSMT_FIRST_SEED on.
"""

from __future__ import annotations

import os
import random
import re
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.python.builds import WarmDbt, by_day, make_world
from tests.python.deliveries import (
    EVENTS,
    Deliveries,
    Warehouse,
    day_file,
    differences,
    write_rows,
)

# In the sequences of 27 and 28 everything happens once.
FIRST_SEED = int(os.environ.get("GSMT_FIRST_SEED", "27"))
SEEDS = range(FIRST_SEED, FIRST_SEED + int(os.environ.get("GSMT_SEQUENCES", "2")))
STEPS = 3
FIRST, START = date(2026, 5, 1), date(2026, 6, 10)

Change = Callable[[], None]


class Sender:
    """What happens to the files after they were delivered; every delivery repeats it."""

    def __init__(self, raw: Path, chance: random.Random) -> None:
        """Change the files of a raw_path, by chance."""
        self._raw = raw
        self._chance = chance
        self._changes: list[Change] = []
        self.story: list[str] = []

    def repeat(self) -> None:
        """Let the files that were delivered again be as they were changed."""
        for change in self._changes:
            change()

    def send(self, newest: date) -> None:
        """Change something more; `newest` is the last day that was delivered."""
        kind = self._chance.choice(
            [self._correct, self._withdraw, self._use_again, self._run_ahead, self._copy]
        )
        # Within the window of a daily build or, more often, long before it.
        before = self._chance.choice([3, 35, 35])
        day = newest - timedelta(days=self._chance.randrange(before))
        change = kind(day, newest, f"changed{len(self.story)}")
        change()
        if kind == self._withdraw and self._chance.random() < 0.5:
            # It comes with the next delivery, late.
            return
        self._changes.append(change)

    def _file(self, event: str, day: date) -> Path:
        return day_file(self._raw, event, day)

    def _correct(self, day: date, newest: date, name: str) -> Change:
        event = self._chance.choice(EVENTS)
        self.story.append(f"{event} of {day} is corrected")

        def change() -> None:
            file = self._file(event, day)
            if file.exists():
                write_rows(
                    file,
                    f"""
                    select * replace (
                        if(hash(event_id) % 2 = 0, 'web', platform) as platform
                    )
                    from '{file}' where hash(event_id, '{name}') % 10 > 0
                    """,
                )

        return change

    def _withdraw(self, day: date, newest: date, name: str) -> Change:
        event = self._chance.choice(EVENTS)
        self.story.append(f"{event} of {day} is withdrawn")
        return lambda: self._file(event, day).unlink(missing_ok=True)

    def _use_again(self, day: date, newest: date, name: str) -> Change:
        event = self._chance.choice(["ride_completion", "carpool_ride_request"])
        self.story.append(f"ids of {event} of {day} are used again on {newest}")
        return lambda: self._move(event, day, newest, name, rows=5)

    def _run_ahead(self, day: date, newest: date, name: str) -> Change:
        event = self._chance.choice(EVENTS)
        ahead = newest + timedelta(days=self._chance.randrange(2, 40))
        self.story.append(f"an event of {event} of {day} says {ahead}")
        return lambda: self._move(event, day, ahead, name, rows=1)

    def _copy(self, day: date, newest: date, name: str) -> Change:
        self.story.append("all files are copied")

        def change() -> None:
            for file in self._raw.rglob("*.parquet"):
                os.utime(file)

        return change

    def _move(self, event: str, day: date, to: date, name: str, rows: int) -> None:
        """Let some rows of a day lie on another one, as other events with the same ids."""
        source, file = self._file(event, day), day_file(self._raw, event, to, name)
        if source.exists():
            file.parent.mkdir(parents=True, exist_ok=True)
            write_rows(
                file,
                f"""
                select * replace (
                    concat(event_id, '-{name}') as event_id,
                    event_at + to_days({(to - day).days}) as event_at,
                    received_at + to_days({(to - day).days}) as received_at
                )
                from '{source}' where event_at <= received_at order by event_id limit {rows}
                """,
            )


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory, dbt: WarmDbt) -> Warehouse:
    """A warehouse of few events."""
    folder = tmp_path_factory.mktemp("small")
    world = make_world(folder / "world", "--users", "300", "--format", "parquet")
    return Warehouse(folder / "warehouse", Deliveries(world, folder / "files", FIRST), dbt)


@pytest.fixture(scope="module")
def started(small: Warehouse) -> Path:
    """The database that every sequence starts from."""
    small.folder.mkdir(exist_ok=True)
    small.restore(None)
    small.deliver(START)
    small.build()
    return small.keep("started")


@pytest.mark.parametrize("seed", by_day(SEEDS[:1], SEEDS))
def test_whatever_is_delivered_daily_builds_equal_a_whole_one_or_say_why_not(
    seed: int, small: Warehouse, started: Path
) -> None:
    chance = random.Random(seed)
    sender = Sender(small.raw, chance)
    small.restore(started)
    newest = START
    for _ in range(STEPS):
        newest += timedelta(days=chance.choice([0, 1, 1, 2, 4, 9]))
        small.deliver(newest)
        sender.repeat()
        for _ in range(chance.randrange(1, 3)):
            sender.send(newest)
        build = small.build(succeeds=False)
        if build.exit_code:
            said = re.search(r"--vars '{rebuild_from: ([\d-]+)}'", build.output)
            assert said, build.output[-4000:]
            sender.story.append(f"rebuild_from {said[1]}")
            small.build(variables={"rebuild_from": said[1]})
    by_the_day = small.keep("by_the_day")
    small.restore(None)
    small.build()
    assert differences(by_the_day, small.database) == {}, (seed, sender.story)
