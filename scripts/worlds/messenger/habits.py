"""How often users talk and read: by habit, or once in a while on an errand."""

from itertools import pairwise

import numpy as np

from scripts.worlds.envelope import Floats, Integers
from scripts.worlds.kit.calendar import month_length, month_numbers
from scripts.worlds.kit.habits import Regular
from scripts.worlds.messenger.lives import Lives
from scripts.worlds.messenger.population import Population, rhythm
from scripts.worlds.messenger.settings import REGULARITY, Causes


class Habits:
    """The sessions of users, besides those in which they open a conversation or mute the app.

    By habit a user talks any number of times on a day. On errands there is at most one talk in a
    calendar month, and whether there is one is a new question every month.
    """

    def __init__(
        self, population: Population, lives: Lives, causes: Causes, days: int, seed: int
    ) -> None:
        """Begin before the first day."""
        generator = np.random.default_rng([seed, 4])
        self._population, self._lives, self._causes = population, lives, causes
        self._months = month_numbers(days)
        joined = population.joined_day
        self._joined_month = np.where(joined >= 0, self._months[joined], -1)
        self.talking = Regular(population.users, REGULARITY, generator)
        self._reading = Regular(population.users, REGULARITY, generator)
        self._errand_day = np.full(population.users, -1)

    def talks(self, day: int) -> Floats:
        """Give the expected talks of each user on a day, shape (users,)."""
        level = self._lives.level[day]
        if self._causes.errands is None:
            return np.asarray(self._population.talks * rhythm(self._population, day) * level)
        # Newcomers have been on their errand when they joined.
        idle = (level == 0) | (self._joined_month == self._months[day])
        return np.where(idle, 0.0, self._causes.errands / month_length(day))

    def no_talk(self, talks: Floats) -> Floats:
        """Give the odds of no talk in one of the independent parts, from its expected talks."""
        return self.talking.none(talks) if self._causes.errands is None else 1 - talks

    def independent_parts(self, period: tuple[int, int]) -> list[tuple[int, int]]:
        """Split days, from the first to the one after the last, where talks forget each other."""
        first, end = period
        if self._causes.errands is None:
            return [period]
        changes = 1 + np.flatnonzero(np.diff(self._months[first:end]))
        bounds = [first, *(first + int(change) for change in changes), end]
        return list(pairwise(bounds))

    def draw_talks(self, day: int, generator: np.random.Generator) -> Integers:
        """Draw the talks of each user on a day; to be called for one day after the other."""
        talks = self.talks(day)
        if self._causes.errands is None:
            return self.talking.draw(talks, generator)
        this_month = np.flatnonzero(self._months == self._months[day])
        if day == this_month[0]:
            # The world begins in the course of a month, so some errands lie before it.
            begins = this_month[-1] + 1 - month_length(day) if day == 0 else day
            users = self._population.users
            goes = generator.random(users) < self._causes.errands
            errand = begins + generator.integers(0, month_length(day), users)
            self._errand_day = np.where(goes, errand, -1)
        return np.where(talks > 0, self._errand_day == day, False).astype(np.int64)

    def draw_reads(self, day: int, generator: np.random.Generator) -> Integers:
        """Draw the sessions of each user on a day in which nothing is sent."""
        # Who grows tired still answers for a while, and stops looking for news.
        reads = self._population.reads * self._lives.level[day] ** 3
        return self._reading.draw(reads, generator)
