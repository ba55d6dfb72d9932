"""Conversations: who is in them, who opened them, and which ones a user talks in."""

from dataclasses import dataclass

import numpy as np

from scripts.worlds.envelope import Booleans, Floats, Integers
from scripts.worlds.messenger.settings import MOST_PARTICIPANTS, PARTICIPANTS

NOBODY = -1
_TRIES = 30
_STRENGTH_SPREAD = 0.4
# How much people still write where nobody is left to answer.
_UNANSWERED = 0.08


@dataclass(frozen=True)
class Conversations:
    """Conversations, one entry each.

    Attributes:
        opened_day: day of the world, negative for conversations from before it.
        participants: users, the one who opened it first, `NOBODY` where there are fewer; shape
            (conversations, MOST_PARTICIPANTS).
        strength: how much its participants are drawn to it.
    """

    opened_day: Integers
    participants: Integers
    strength: Floats


def _pairs(participants: Integers, users: int) -> Integers:
    """Give a number for each pair of people, and a number below zero for each group."""
    is_pair = (participants >= 0).sum(axis=1) == 2
    # One of the two columns after the first is empty or both are, so a maximum finds the other.
    one, other = participants[:, 0], participants[:, 1:].max(axis=1)
    number = np.minimum(one, other) * users + np.maximum(one, other)
    return np.where(is_pair, number, -1 - np.arange(len(participants)))


class Circle:
    """Conversations while they are being opened."""

    def __init__(self, users: int) -> None:
        """Begin with no conversation."""
        self._users = users
        self._known = np.empty(0, dtype=np.int64)
        self._opened_day: list[Integers] = []
        self._strength: list[Floats] = []
        self.participants = np.empty((0, MOST_PARTICIPANTS), dtype=np.int64)

    def open(
        self, creator: Integers, appeal: Floats, day: int, generator: np.random.Generator
    ) -> None:
        """Open a conversation for each of some users.

        The others are drawn with chances in proportion to their appeal; who is alone with
        somebody already is not so again.
        """
        size = 2 + generator.choice(len(PARTICIPANTS), len(creator), p=PARTICIPANTS)
        line = np.cumsum(appeal)
        chosen = np.full((len(creator), MOST_PARTICIPANTS), NOBODY)
        todo = np.arange(len(creator))
        for _ in range(_TRIES):
            draws = generator.random((len(todo), MOST_PARTICIPANTS - 1)) * line[-1]
            others = np.searchsorted(line, draws, side="right")
            chosen[todo] = self._invite(creator[todo], others, size[todo])
            pairs = _pairs(chosen, self._users)
            _, first = np.unique(pairs, return_index=True)
            again = np.ones(len(creator), dtype=bool)
            again[first] = False
            again |= np.isin(pairs, self._known) | (chosen[:, 1:].max(axis=1, initial=-1) < 0)
            todo = np.flatnonzero(again)
            if len(todo) == 0:
                break
        self._known = np.concatenate([self._known, pairs[pairs >= 0]])
        self._opened_day.append(np.full(len(creator), day))
        self._strength.append(np.exp(_STRENGTH_SPREAD * generator.standard_normal(len(creator))))
        self.participants = np.concatenate([self.participants, chosen])

    @staticmethod
    def _invite(creator: Integers, others: Integers, size: Integers) -> Integers:
        """Put participants together, each of them once."""
        people = np.column_stack([creator, others])
        people[np.arange(MOST_PARTICIPANTS) >= size[:, None]] = NOBODY
        for place in range(1, MOST_PARTICIPANTS):
            twice = (people[:, :place] == people[:, place][:, None]).any(axis=1)
            people[twice, place] = NOBODY
        return people

    def company(self, present: Booleans) -> Integers:
        """Count each user's conversations with somebody else who is present, shape (users,)."""
        people = self.participants
        there = (people >= 0) & present[people]
        others = there.sum(axis=1)[:, None] - there
        answered = (people >= 0) & (others > 0)
        return np.bincount(people[answered], minlength=self._users)

    def finish(self) -> Conversations:
        """Give all conversations that were opened."""
        return Conversations(
            opened_day=np.concatenate(self._opened_day),
            participants=self.participants,
            strength=np.concatenate(self._strength),
        )


class Memberships:
    """Who can talk where: one entry for each user and conversation, by user, strongest first.

    Attributes:
        user: index into the population.
        conversation: index into the conversations.
        opened_day: day on which that was opened.
    """

    def __init__(self, conversations: Conversations, users: int) -> None:
        """List the memberships."""
        people = conversations.participants
        conversation, place = np.nonzero(people >= 0)
        order = np.lexsort((-conversations.strength[conversation], people[conversation, place]))
        self.conversation = conversation[order]
        self.user = people[conversation, place][order]
        self._participants = people
        self.opened_day = conversations.opened_day[self.conversation]
        self._strength = conversations.strength[self.conversation]
        self._ends = np.cumsum(np.bincount(self.user, minlength=users))
        self._starts = np.concatenate([[0], self._ends[:-1]])

    def _by_user(self, values: Floats) -> Floats:
        """Add up over each user's memberships, shape (users,)."""
        total = np.concatenate([[0.0], np.cumsum(values)])
        return np.asarray(total[self._ends] - total[self._starts])

    def shares(self, day: int, level: Floats, present: Booleans) -> Floats:
        """Give the odds that a talk on a day is in each conversation of its user.

        A conversation can be talked in from the day after it was opened on. Who is growing tired
        keeps to the strongest ones, and hardly anybody writes where nobody is left.

        Args:
            day: day of the world.
            level: part of the user's habit that is left, shape (users,).
            present: users who have joined and not left, shape (users,).
        """
        there = (self._participants >= 0) & present[self._participants]
        others = there.sum(axis=1)[self.conversation] - present[self.user]
        is_open = self.opened_day < day
        number = np.cumsum(is_open)
        rank = number - np.concatenate([[0], number])[self._starts][self.user]
        kept = np.ceil(self._by_user(is_open.astype(float)) * level)[self.user]
        weight = self._strength * np.where(others > 0, 1.0, _UNANSWERED)
        weight = np.where(is_open & (rank <= kept), weight, 0.0)
        total = self._by_user(weight)[self.user]
        return np.divide(weight, total, out=np.zeros_like(weight), where=total > 0)

    def draw(self, shares: Floats, user: Integers, generator: np.random.Generator) -> Integers:
        """Draw the conversation of each of some talks."""
        line = np.cumsum(shares)
        since = np.concatenate([[0.0], line])[self._starts[user]]
        until = line[self._ends[user] - 1]
        point = since + generator.random(len(user)) * (until - since)
        place = np.searchsorted(line, point, side="right")
        # A point at the very end of a user's part must not fall to the next user.
        last = np.searchsorted(line, until, side="left")
        return np.asarray(self.conversation[np.minimum(place, last)])
