"""Users before anything happens: who is settled, who joins, and who will take up reels."""

from dataclasses import dataclass

import numpy as np

from scripts.worlds.envelope import ANDROID, Actors, Booleans, Floats, Integers, choose
from scripts.worlds.kit.people import NEVER, around_one, draw_actors
from scripts.worlds.scenario import Arguments
from scripts.worlds.short_video.settings import (
    COUNTRIES,
    COUNTRY_PATTERN,
    LANDMARK_DAY,
    LAUNCH_DAYS,
    MESSAGE_AGES,
    NEWCOMERS_FROM,
    Causes,
)

_PLATFORM_SHARES = (0.4, 0.4, 0.2)
HOSTS = 4


@dataclass(frozen=True)
class Population:
    """The users, the settled ones first; every array has one entry for each of them.

    Attributes:
        settled: how many there are from the first day on.
        joined_day: day of the signup of the others, -1 for the settled ones.
        weekdays: whether a settled user comes on a weekday, shape (users, 7).
        level: factor on the seconds that the user spends.
        country: index into `COUNTRIES`.
        adoption_day: day on which a settled user takes up reels, `NEVER` for the others.
        is_creator: whether the user makes reels once they are taken up.
        declared: declared source of a signup, -1 for none.
        touched_day: day on which a shared reel is watched before the signup, -1 for none.
        actors: the users, and the hosts of the services after them.
    """

    settled: int
    joined_day: Integers
    weekdays: Booleans
    level: Floats
    country: Integers
    adoption_day: Integers
    is_creator: Booleans
    declared: Integers
    touched_day: Integers
    actors: Actors

    @property
    def users(self) -> int:
        """Number of people."""
        return len(self.joined_day)

    @property
    def launch_day(self) -> Integers:
        """Day on which the user's country gets reels, shape (users,)."""
        return np.array(LAUNCH_DAYS)[self.country]

    @property
    def is_android(self) -> Booleans:
        """Who has an Android phone, shape (users,)."""
        return np.asarray(self.actors.platform[: self.users] == ANDROID)


def return_odds(causes: Causes, age: int, used_by_landmark: bool) -> float:
    """Give the odds that a newcomer comes so many days after the signup.

    Args:
        causes: those of the world.
        age: days since the signup.
        used_by_landmark: whether reels were taken up by the landmark.
    """
    if age <= 0:
        return float(age == 0)
    if age not in MESSAGE_AGES:
        return causes.looks_in
    if age <= LANDMARK_DAY:
        return causes.returns[int(age > 1)]
    return causes.stays_with_reels if used_by_landmark else causes.stays_without


def _evenly(generator: np.random.Generator, count: int, share: float) -> Booleans:
    """Draw a share of some users, as many as it says, give or take one."""
    until = np.cumsum(np.full(count, share)) + generator.random()
    return np.asarray(generator.permutation(np.floor(until) > np.floor(until - share)))


def _adoption(
    generator: np.random.Generator,
    causes: Causes,
    country: Integers,
    level: Floats,
    first: Integers,
) -> Integers:
    """Draw when settled users take up reels: the heavy ones of each country, in two weeks.

    Args:
        generator: source of chance.
        causes: those of the world.
        country: of each settled user.
        level: their factor on time.
        first: the first weekday on which each comes.
    """
    wish = np.log(level) + generator.normal(0, 0.35, len(level))
    day = np.full(len(level), NEVER)
    for code, launch in enumerate(LAUNCH_DAYS):
        here = np.flatnonzero(country == code)
        keen = here[np.argsort(-wish[here])][: round(causes.adopters * len(here))]
        late = _evenly(generator, len(keen), causes.adopts_late)
        day[keen] = launch + 7 * late + first[keen]
    return day


def populate(arguments: Arguments, causes: Causes) -> Population:
    """Draw the users of a world: about half are there already, the others join after the launch."""
    generator = np.random.default_rng([arguments.seed, 0])
    users = arguments.users
    settled = users // 2
    joining = users - settled
    country = np.concatenate(
        [
            generator.permutation(np.resize(COUNTRY_PATTERN, settled)),
            generator.permutation(np.resize(COUNTRY_PATTERN, joining)),
        ]
    )
    level = around_one(generator, causes.level_spread, users)
    first = generator.permutation(np.arange(settled) % 7)
    weekdays = np.zeros((users, 7), dtype=bool)
    weekdays[np.arange(settled), first] = True
    twice = np.flatnonzero(_evenly(generator, settled, causes.second_day))
    weekdays[twice, (first[twice] + generator.integers(2, 6, len(twice))) % 7] = True
    span = arguments.days - NEWCOMERS_FROM
    joined = np.full(users, -1)
    joined[settled:] = NEWCOMERS_FROM + np.arange(joining) * span // joining
    adoption = np.full(users, NEVER)
    adoption[:settled] = _adoption(
        generator, causes, country[:settled], level[:settled], weekdays[:settled].argmax(axis=1)
    )
    creator = np.zeros(users, dtype=bool)
    adopters = np.flatnonzero(adoption < NEVER)
    creator[adopters] = _evenly(generator, len(adopters), causes.creators)
    creator[settled:] = generator.random(joining) < causes.creators
    none = 1 - sum(causes.declares)
    declared = generator.choice(4, users, p=(*causes.declares, none))
    touched = (generator.random(users) < causes.is_touched) & (joined >= NEWCOMERS_FROM + 3)
    return Population(
        settled=settled,
        joined_day=joined,
        weekdays=weekdays,
        level=level,
        country=country,
        adoption_day=adoption,
        is_creator=creator,
        declared=np.where(declared == 3, -1, declared),
        touched_day=np.where(touched, joined - generator.integers(1, 4, users), -1),
        actors=draw_actors(
            generator,
            {"u": users, "h": HOSTS},
            _PLATFORM_SHARES,
            choose(COUNTRIES, np.append(country, np.zeros(HOSTS, dtype=np.int64))),
        ),
    )
