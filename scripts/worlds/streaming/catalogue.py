"""The catalogue: films, series with their episodes, and when each is on offer.

It is the same in every world, since it is committed as reference tables beside the seeds.
"""

from dataclasses import dataclass
from datetime import timedelta

import numpy as np
import pyarrow as pa

from scripts.worlds.envelope import FIRST_DAY, Booleans, Floats, Integers
from scripts.worlds.kit.people import NEVER
from scripts.worlds.scenario import Tables

GENRES = ("drama", "comedy", "thriller", "documentary", "kids")
KIDS = 4

_FILMS, _KIDS_FILMS, _SERIES = 30, 6, 13
_LONG_AGO = -400
_SEASONS_OF_THE_FIRST_SERIES = (3, 3)
# Week of the premiere, minutes of each episode, number of episodes (0 for a film), flagship.
_PREMIERES = (
    (3, 44, 5, True),
    (8, 60, 0, False),
    (11, 92, 0, False),
    (13, 46, 5, True),
    (15, 88, 0, False),
    (17, 110, 0, False),
)
_MEASURED_PREMIERE = 1


@dataclass(frozen=True)
class Title:
    """A film or a series.

    Attributes:
        minutes: length of the film, or of each episode.
        seasons: episodes of each season; empty for a film.
        genre: index into `GENRES`.
        appeal: how likely it is chosen, relative to others.
        has_good_start: whether the first episode keeps its viewers.
        added, removed: days on which it comes and goes.
        is_premiere, is_flagship: whether it is shown here first, and is promoted most.
    """

    minutes: int
    seasons: tuple[int, ...]
    genre: int
    appeal: float
    has_good_start: bool = True
    added: int = _LONG_AGO
    removed: int = NEVER
    is_premiere: bool = False
    is_flagship: bool = False


def _films() -> list[Title]:
    return [
        Title(
            minutes=84 + 7 * number % 41,
            seasons=(),
            genre=number % 4,
            appeal=(1 + number) ** -0.4,
            added=8 + 3 * number if number % 5 == 4 else _LONG_AGO,
            removed=40 + 2 * number if number % 6 == 3 else NEVER,
        )
        for number in range(_FILMS)
    ]


def _kids_films() -> list[Title]:
    return [
        Title(minutes=62 + 3 * number, seasons=(), genre=KIDS, appeal=1.0)
        for number in range(_KIDS_FILMS)
    ]


def _series() -> list[Title]:
    return [
        Title(
            minutes=34 + 7 * (number % 4),
            seasons=(3 + number % 2,) if number else _SEASONS_OF_THE_FIRST_SERIES,
            genre=number % 4,
            appeal=(1 + number) ** -0.4,
            has_good_start=number % 3 != 2,
            removed=75 if number == 11 else NEVER,
        )
        for number in range(_SERIES)
    ]


def _premieres() -> list[Title]:
    return [
        Title(
            minutes=minutes,
            seasons=(episodes,) if episodes else (),
            genre=number % 4,
            appeal=0.5,
            added=7 * week,
            is_premiere=True,
            is_flagship=is_flagship,
        )
        for number, (week, minutes, episodes, is_flagship) in enumerate(_PREMIERES)
    ]


TITLES = _films() + _kids_films() + _series() + _premieres()
FIRST_PREMIERE = len(TITLES) - len(_PREMIERES)
MEASURED = FIRST_PREMIERE + _MEASURED_PREMIERE
"""The film whose audience leaves as `LEAVES` says."""

IS_SERIES: Booleans = np.array([bool(title.seasons) for title in TITLES])
IS_KIDS: Booleans = np.array([title.genre == KIDS for title in TITLES])
IS_FLAGSHIP: Booleans = np.array([title.is_flagship for title in TITLES])
HAS_GOOD_START: Booleans = np.array([title.has_good_start for title in TITLES])
EPISODES: Integers = np.array([sum(title.seasons) for title in TITLES])
SECONDS: Integers = np.array([60 * title.minutes for title in TITLES])
APPEAL: Floats = np.array([title.appeal for title in TITLES])
_ADDED: Integers = np.array([title.added for title in TITLES])
_REMOVED: Integers = np.array([title.removed for title in TITLES])

TITLE_IDS = tuple(
    f"{'s' if title.seasons else 'f'}{number + 1:03d}" for number, title in enumerate(TITLES)
)
FIRST_EPISODE: Integers = np.cumsum(EPISODES) - EPISODES
EPISODE_IDS = tuple(
    f"{TITLE_IDS[number]}e{episode + 1:02d}"
    for number, episodes in enumerate(EPISODES)
    for episode in range(episodes)
)


def on_offer(day: int) -> Booleans:
    """Tell which titles are in the catalogue on a day, shape (titles,)."""
    return np.asarray((day >= _ADDED) & (day < _REMOVED))


def premiere_of(day: int) -> int:
    """Give the title that is shown for the first time on a day, -1 for none."""
    found = [
        number for number, title in enumerate(TITLES) if title.is_premiere and title.added == day
    ]
    return found[0] if found else -1


def _dates(days: list[int | None]) -> pa.Array:
    return pa.array(
        [None if day is None else FIRST_DAY + timedelta(days=day) for day in days], pa.date32()
    )


def reference_tables() -> Tables:
    """Give the catalogue as it is committed: its titles and its episodes."""
    numbered = [
        (title, season + 1, sum(title.seasons[:season]) + episode + 1, title_id)
        for title_id, title in zip(TITLE_IDS, TITLES, strict=True)
        for season, episodes in enumerate(title.seasons)
        for episode in range(episodes)
    ]
    return {
        "titles": pa.table(
            {
                "title_id": list(TITLE_IDS),
                "kind": ["series" if title.seasons else "film" for title in TITLES],
                "genre": [GENRES[title.genre] for title in TITLES],
                "runtime_ms": [60_000 * title.minutes for title in TITLES],
                "added_on": _dates([title.added for title in TITLES]),
                "removed_on": _dates(
                    [None if title.removed == NEVER else title.removed for title in TITLES]
                ),
                "premiered_on": _dates(
                    [title.added if title.is_premiere else None for title in TITLES]
                ),
                "is_flagship": [title.is_flagship for title in TITLES],
            }
        ),
        "episodes": pa.table(
            {
                "episode_id": list(EPISODE_IDS),
                "title_id": [title_id for *_, title_id in numbered],
                "season": [season for _, season, _, _ in numbered],
                "episode_number": [number for _, _, number, _ in numbered],
                "runtime_ms": [60_000 * title.minutes for title, *_ in numbered],
                "released_on": _dates([title.added for title, *_ in numbered]),
            }
        ),
    }
