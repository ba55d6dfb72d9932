"""Users and their files: who they are before anything happens."""

from dataclasses import dataclass

import numpy as np

from scripts.worlds.cloud_storage.settings import (
    CONTROL,
    FAVOURITES,
    GROUPS,
    LAUNCH_DAY,
    NOVELTY_DAYS,
    TEAMS,
    TREATMENT,
    Causes,
)
from scripts.worlds.envelope import Actors, Booleans, Floats, Integers
from scripts.worlds.kit.groups import turns
from scripts.worlds.kit.people import (
    NEVER,
    around_one,
    draw_actors,
    draw_countries,
    joined_days,
    shares_around,
)
from scripts.worlds.scenario import Arguments

_SESSIONS_SPREAD = 0.6
_PACE_SPREAD = 0.3
_SLOWEST = 2.2
_HABIT_CONCENTRATION = 5.0
_ATTENTION_CONCENTRATION = 3.5
_PLATFORM_SHARES = (0.40, 0.45, 0.15)
_FEWEST_OTHERS, _MOST_OTHERS = 16, 40
_NEW_FILES_PER_DAY = 0.15
# A reset shows in the log only if it falls between two sessions, so it happens to frequent users.
_RESET_AMONG = 0.25


@dataclass(frozen=True)
class Population:
    """The users; every array has one entry for each of them.

    Attributes:
        joined_day: day of the world, negative for users from before it.
        sessions_per_day: each user's habit.
        search_habit: share of files that a user searches for instead of browsing.
        attention: probability of noticing a file on the panel once it is no longer new.
        pace: how many times the usual seconds a user takes for a step.
        enrolled_day: day from which on the user takes part in the experiment.
        variant: `CONTROL` or `TREATMENT`, as drawn first.
        reset_day: day from which on it is the other variant, `NEVER` for nearly everybody.
        first_file: number of the user's first own file; own files have numbers in a row.
        files: number of own files the user has in the end.
        others: files besides the favourites on the day of joining.
        new_files_per_day: files that come on top, newest last.
        keepers: whose files the user's favourites are, mostly the user's own, shape
            (users, FAVOURITES).
        actors: the users.
    """

    joined_day: Integers
    sessions_per_day: Floats
    search_habit: Floats
    attention: Floats
    pace: Floats
    enrolled_day: Integers
    variant: Integers
    reset_day: Integers
    first_file: Integers
    files: Integers
    others: Integers
    new_files_per_day: Floats
    keepers: Integers
    actors: Actors

    @property
    def users(self) -> int:
        """Number of users."""
        return len(self.joined_day)

    def is_enrolled(self, day: int) -> Booleans:
        """Tell who takes part in the experiment on a day, shape (users,)."""
        return np.asarray(self.enrolled_day <= day)

    def is_treated(self, day: int) -> Booleans:
        """Tell who takes part and is treated on a day, shape (users,)."""
        other = np.where(self.variant == CONTROL, TREATMENT, CONTROL)
        variant = np.where(self.reset_day <= day, other, self.variant)
        return np.asarray(self.is_enrolled(day) & (variant == TREATMENT))

    def other_files(self, day: int) -> Integers:
        """Count the files that users have besides their favourites on a day, shape (users,)."""
        age = np.maximum(day - np.maximum(self.joined_day, 0), 0)
        return np.asarray(self.others + (self.new_files_per_day * age).astype(np.int64))


def _keepers(arguments: Arguments, causes: Causes) -> Integers:
    """Draw whose files the favourites of users are, shape (users, FAVOURITES).

    The members of a team keep its favourites by turns, so that several can want one file, and a
    user has no file in two places.
    """
    # Streams of a room's own begin at 3.
    generator = np.random.default_rng([arguments.seed, 3])
    count = arguments.users
    groups = np.array([*TEAMS, *[1] * sum(TEAMS)])
    size = np.resize(np.repeat(groups, groups), count)[:, None]
    turn = np.resize(turns(groups), count)[:, None]
    user = np.arange(count)[:, None]
    keeper = user - turn + np.arange(FAVOURITES) % size
    shared = generator.random((count, FAVOURITES)) < causes.shares_favourite
    # The last team may lack its last members.
    return np.where(shared & (keeper < count), keeper, user)


def populate(arguments: Arguments, causes: Causes) -> Population:
    """Draw the users of a world."""
    generator = np.random.default_rng([arguments.seed, 0])
    count = arguments.users
    joined_day = joined_days(generator, arguments, causes.joining_share)
    platform = generator.choice(3, count, p=_PLATFORM_SHARES)
    habit = around_one(generator, _SESSIONS_SPREAD, count)
    pace = around_one(generator, _PACE_SPREAD, count)

    group_day = LAUNCH_DAY + 7 * generator.integers(0, GROUPS, count)
    enrolled_day = np.maximum(group_day, joined_day)
    # A device that is reset some weeks after its user was enrolled is drawn anew, to the other
    # side. Where the home screen crashes nobody would see it.
    reset_day = np.full(count, NEVER)
    frequent = (habit >= np.quantile(habit, 1 - _RESET_AMONG)) & (joined_day < 0)
    seen = np.flatnonzero(frequent & (np.array(causes.crashes)[platform] == 0))
    resets = min(round(causes.reset_share * count), len(seen))
    reset = generator.choice(seen, resets, replace=False)
    reset_day[reset] = enrolled_day[reset] + generator.integers(14, 21, resets)

    others = generator.integers(_FEWEST_OTHERS, _MOST_OTHERS, count)
    new_files = generator.random(count) * _NEW_FILES_PER_DAY
    files = FAVOURITES + others + (new_files * arguments.days).astype(np.int64)
    first_file = np.concatenate([[0], np.cumsum(files)[:-1]])
    country = draw_countries(generator, count)
    return Population(
        joined_day=joined_day,
        sessions_per_day=causes.sessions_per_day * habit,
        search_habit=shares_around(generator, causes.search_habit, _HABIT_CONCENTRATION, count),
        attention=shares_around(generator, causes.attention, _ATTENTION_CONCENTRATION, count),
        pace=np.minimum(pace, _SLOWEST),
        enrolled_day=enrolled_day,
        variant=np.where(generator.random(count) < 0.5, CONTROL, TREATMENT),
        reset_day=reset_day,
        first_file=first_file,
        files=files,
        others=others,
        new_files_per_day=new_files,
        keepers=_keepers(arguments, causes),
        actors=draw_actors(generator, {"u": count}, platform, country),
    )


def session_rate(population: Population, causes: Causes, day: int) -> Floats:
    """Give the sessions that users who know no panel start on a day, on average, (users,)."""
    rate = population.sessions_per_day * causes.weekday[day % 7]
    return np.where(population.joined_day <= day, rate, 0.0)


def notices(causes: Causes, attention: Floats, novel: Booleans) -> Floats:
    """Give the odds that users see a wanted file on the panel; `novel`: it is new to them."""
    return np.minimum(attention * np.where(novel, causes.novelty, 1.0), 1.0)


def is_novel(exposed_day: Integers, day: int) -> Booleans:
    """Tell to whom the panel is still new."""
    return day - exposed_day < NOVELTY_DAYS
