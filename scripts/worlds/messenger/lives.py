"""Lives: when users are there, tired, away or gone, and whom they know, day by day.

What is drawn here does not depend on any message, so the messages of a day are independent of
those of another one given the lives.
"""

from dataclasses import dataclass, field

import numpy as np

from scripts.worlds.envelope import Booleans, Floats, Integers
from scripts.worlds.kit.people import NEVER
from scripts.worlds.messenger.circles import Circle, Memberships
from scripts.worlds.messenger.population import Population
from scripts.worlds.messenger.settings import (
    LONGEST_DECLINE,
    LONGEST_HOLIDAY,
    SETTLING_DAYS,
    SHORTEST_DECLINE,
    SHORTEST_HOLIDAY,
    Causes,
)

# Codes; events.py lists the names they stand for in the same order.
ALL, MENTIONS, NONE = 0, 1, 2

# Tired users lose interest slowly at first; this much of it is left just before they leave.
_LEFT_AT_LAST = 0.03
_LOSS = 0.7
# Who recovers does so in this part of what would have been the decline.
_RECOVERY = (0.35, 0.65)
# Notifications are muted in this part of the decline.
_MUTING = (0.45, 0.65)
_UNMUTED_AFTER_RECOVERY = 0.9
# What users choose who change their settings for another reason.
_SETTINGS = (0.62, 0.3, 0.08)
_UNINSTALL_DAYS = 3

Columns = dict[str, Integers]


@dataclass(frozen=True)
class Lives:
    """What became of the users.

    Attributes:
        level: part of each user's habit that is left, 0 where the user is away, shape
            (days, users).
        gone_day: day from which on a user is gone, `NEVER` for most, shape (users,).
        memberships: who can talk where.
        participants: of each conversation, the one who opened it first.
        openings: `day`, `user` and `conversation` of each conversation opened in the world.
        muting: `day`, `user` and `setting` of each change of notifications.
        uninstalls: `day` and `user` of each.
        expected_openings: expected number of conversations opened, shape (days,).
        turns: days of each kind of turn in a life, by name.
    """

    level: Floats
    gone_day: Integers
    memberships: Memberships
    participants: Integers
    openings: Columns
    muting: Columns
    uninstalls: Columns
    expected_openings: Floats
    turns: dict[str, Integers]

    def present(self, population: Population, day: int) -> Booleans:
        """Tell who has joined and not left, shape (users,)."""
        return np.asarray((population.joined_day <= day) & (day < self.gone_day))


@dataclass
class _Notes:
    """What is written down while the days go by: rows of equally many numbers."""

    rows: dict[str, list[Integers]] = field(default_factory=dict)

    def add(self, kind: str, day: int, *columns: Integers) -> None:
        rows = np.stack([np.full(len(columns[0]), day), *columns])
        self.rows.setdefault(kind, []).append(rows)

    def columns(self, kind: str, *names: str) -> Columns:
        rows = np.concatenate(self.rows.get(kind, [np.empty((len(names), 0), np.int64)]), axis=1)
        return dict(zip(names, rows, strict=True))


class _People:
    """The state of all users; every array has one entry for each."""

    def __init__(self, population: Population, causes: Causes) -> None:
        users = population.users
        self.population, self.causes, self.users = population, causes, users
        self.gone_day = np.full(users, NEVER)
        self.decline_from = np.full(users, NEVER)
        self.decline_until = np.full(users, NEVER)
        # Day on which the decline ends, for better or worse.
        self.decline_ends = np.full(users, NEVER)
        self.recovers = np.zeros(users, dtype=bool)
        self.mutes_day = np.full(users, NEVER)
        self.back_day = np.full(users, -1)
        self.setting = np.full(users, ALL)
        self.uninstall_day = np.full(users, NEVER)
        self.circle = Circle(users)
        self.notes = _Notes()
        self.expected_openings: list[float] = []

    def present(self, day: int) -> Booleans:
        return np.asarray((self.population.joined_day <= day) & (day < self.gone_day))

    def _leave(self, who: Integers, day: int, generator: np.random.Generator) -> None:
        self.gone_day[who] = day
        self.decline_from[who] = NEVER
        uninstalls = who[generator.random(len(who)) < self.causes.uninstalls]
        self.uninstall_day[uninstalls] = day + generator.integers(
            0, _UNINSTALL_DAYS, len(uninstalls)
        )

    def _end_declines(self, day: int, generator: np.random.Generator) -> None:
        ends = self.decline_ends == day
        back, leaving = np.flatnonzero(ends & self.recovers), np.flatnonzero(ends & ~self.recovers)
        self.notes.add("recover", day, back)
        self.notes.add("leave_after_decline", day, leaving)
        self._leave(leaving, day, generator)
        self.decline_from[back] = NEVER
        muted = back[self.setting[back] != ALL]
        unmutes = muted[generator.random(len(muted)) < _UNMUTED_AFTER_RECOVERY]
        self._mute(unmutes, np.full(len(unmutes), ALL), day)

    def _turn(self, day: int, generator: np.random.Generator) -> None:
        """Let some of those who are there as usual grow tired, leave or go on holiday."""
        causes, users = self.causes, self.users
        usual = self.present(day) & (self.population.joined_day < day) & (self.back_day <= day)
        usual &= self.decline_from == NEVER
        draws = generator.random((3, users))
        loneliness = 1 + causes.lonely * np.exp(-self.circle.company(self.present(day)) / 2)
        restless = self.population.restlessness * loneliness
        leaves = usual & (draws[0] < causes.leaves_suddenly * restless)
        tires = usual & ~leaves & (draws[1] < causes.tires * restless)
        away = usual & ~leaves & ~tires & (draws[2] < causes.holiday)

        leaving = np.flatnonzero(leaves)
        self.notes.add("leave_without_warning", day, leaving)
        self._leave(leaving, day, generator)

        tired = np.flatnonzero(tires)
        self.notes.add("decline", day, tired)
        # The shorter of two draws: most declines take less than three weeks.
        lengths = generator.integers(SHORTEST_DECLINE, LONGEST_DECLINE + 1, (2, len(tired)))
        length = lengths.min(axis=0)
        self.recovers[tired] = generator.random(len(tired)) < causes.recovers
        part = np.where(self.recovers[tired], generator.uniform(*_RECOVERY, len(tired)), 1.0)
        self.decline_from[tired] = day
        self.decline_until[tired] = day + length
        self.decline_ends[tired] = day + np.ceil(length * part).astype(np.int64)
        mutes = generator.random(len(tired)) < causes.mutes_when_tired
        after = 1 + (length * generator.uniform(*_MUTING, len(tired))).astype(np.int64)
        self.mutes_day[tired] = np.where(mutes, day + after, NEVER)

        travelling = np.flatnonzero(away)
        self.notes.add("holiday", day, travelling)
        self.back_day[travelling] = day + generator.integers(
            SHORTEST_HOLIDAY, LONGEST_HOLIDAY + 1, len(travelling)
        )

    def _mute(self, who: Integers, setting: Integers, day: int) -> None:
        changes = self.setting[who] != setting
        self.setting[who] = setting
        self.notes.add("muting", day, who[changes], setting[changes])

    def _change_notifications(self, day: int, generator: np.random.Generator) -> None:
        there = self.present(day) & (self.back_day <= day)
        tired = np.flatnonzero(there & (self.mutes_day == day) & (self.decline_from < day))
        self._mute(tired, np.full(len(tired), NONE), day)
        draws = generator.random(self.users)
        usual = there & (self.decline_from == NEVER) & (self.population.joined_day < day)
        anyway = np.flatnonzero(usual & (draws < self.causes.mutes_anyway))
        self._mute(anyway, generator.choice(3, len(anyway), p=_SETTINGS), day)

    def _open(self, day: int, generator: np.random.Generator) -> None:
        """Let newcomers find somebody, and others open a conversation now and then."""
        population, causes = self.population, self.causes
        present = self.present(day)
        settling = day - population.joined_day < SETTLING_DAYS
        rate = np.where(
            settling & (population.joined_day >= 0),
            causes.opens_while_settling,
            causes.opens * population.sociability,
        )
        usual = present & (population.joined_day < day) & (self.decline_from == NEVER)
        rate = np.where(usual & (self.back_day <= day), rate, 0.0)
        count = generator.poisson(rate) + (population.joined_day == day)
        self.expected_openings.append(float(rate.sum() + (population.joined_day == day).sum()))
        creator = np.repeat(np.arange(self.users), count)
        opened = len(self.circle.participants) + np.arange(len(creator))
        self.notes.add("opening", day, creator, opened)
        appeal = np.where(present, population.sociability, 0.0)
        self.circle.open(creator, appeal, day, generator)

    def open_old_conversations(self, generator: np.random.Generator) -> None:
        """Give each user from before the world a conversation at least, and some of them many."""
        population = self.population
        old = np.flatnonzero(population.joined_day < 0)
        sociability = population.sociability[old] / population.sociability[old].mean()
        more = generator.poisson((self.causes.old_conversations - 1) * sociability)
        creator = generator.permutation(np.repeat(old, 1 + more))
        appeal = np.where(population.joined_day < 0, population.sociability, 0.0)
        self.circle.open(creator, appeal, -1, generator)

    def live(self, day: int, generator: np.random.Generator) -> Floats:
        """Go through a day; give the part of the habit that is left, shape (users,)."""
        self._end_declines(day, generator)
        self._turn(day, generator)
        self._change_notifications(day, generator)
        self._open(day, generator)
        self.notes.add("uninstall", day, np.flatnonzero(self.uninstall_day == day))
        tired = self.decline_from < NEVER
        length = np.where(tired, self.decline_until - self.decline_from, 1)
        passed = np.where(tired, day - self.decline_from, 0) / length
        left = _LEFT_AT_LAST + (1 - _LEFT_AT_LAST) * (1 - passed) ** _LOSS
        there = self.present(day) & (self.back_day <= day)
        # On the day of joining there is nobody to talk to but whom one has just found.
        return np.where(there & (self.population.joined_day < day), left, 0.0)


def live(population: Population, causes: Causes, days: int, seed: int) -> Lives:
    """Draw what becomes of the users."""
    people = _People(population, causes)
    # Day 0 must not get the stream of the time before: zeros at the end make no difference.
    people.open_old_conversations(np.random.default_rng([seed, 3]))
    level = np.empty((days, population.users))
    for day in range(days):
        level[day] = people.live(day, np.random.default_rng([seed, 3, 1 + day]))
    conversations = people.circle.finish()
    turns = ("decline", "recover", "leave_after_decline", "leave_without_warning", "holiday")
    return Lives(
        level=level,
        gone_day=people.gone_day,
        memberships=Memberships(conversations, population.users),
        participants=conversations.participants,
        openings=people.notes.columns("opening", "day", "user", "conversation"),
        muting=people.notes.columns("muting", "day", "user", "setting"),
        uninstalls=people.notes.columns("uninstall", "day", "user"),
        expected_openings=np.array(people.expected_openings),
        turns={kind: people.notes.columns(kind, "day", "user")["day"] for kind in turns},
    )
