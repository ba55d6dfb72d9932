"""What the world's own probabilities lead one to expect, without looking at any event.

The lives of the users are given: when they are there, how much of their habit is left, and which
conversations they have. Their talks follow from these by chance alone. What a platform does not log
is not expected of its users.
"""

from itertools import pairwise

import numpy as np

from scripts.worlds.envelope import Floats
from scripts.worlds.kit.calendar import month_starts
from scripts.worlds.kit.truth import Expected, as_truth
from scripts.worlds.messenger.settings import REGULARITY
from scripts.worlds.messenger.world import World
from scripts.worlds.scenario import Truth

BEFORE_DAYS, AFTER_DAYS = 28, 30
"""Users with a message in the days before a month's start churn if the days after have none."""

_WITHOUT_MART = (
    "monthly_senders",
    "monthly_churn_rate",
    "declines",
    "recoveries",
    "departures",
    "holidays",
)

Period = tuple[int, int]
"""The first day and the day after the last one."""


class _Senders:
    """Who is expected to send something, and how often."""

    def __init__(self, world: World) -> None:
        self.users, self.habits = world.population.users, world.habits
        openings, days = world.lives.openings, len(world.lives.level)
        logged = world.is_logged(np.arange(self.users))
        # Sums from the first day on, so that those of a period are one difference.
        self._talks = np.zeros((days + 1, self.users))
        self._openings = np.zeros((days + 1, self.users))
        for day in range(days):
            creators = openings["user"][openings["day"] == day]
            opened = np.bincount(creators, minlength=self.users)
            self._talks[day + 1] = self._talks[day] + logged * self.habits.talks(day)
            self._openings[day + 1] = self._openings[day] + logged * opened

    def talks(self, period: Period) -> Floats:
        """Give the expected talks in conversations that were there before, (users,)."""
        return np.asarray(self._talks[period[1]] - self._talks[period[0]])

    def openings(self, period: Period) -> Floats:
        """Give the talks that open a conversation, (users,)."""
        return np.asarray(self._openings[period[1]] - self._openings[period[0]])

    def silent(self, period: Period) -> Floats:
        """Give the odds that a user sends nothing, (users,)."""
        odds = np.ones(self.users)
        for part in self.habits.independent_parts(period):
            odds = odds * self.habits.no_talk(self.talks(part))
        return np.where(self.openings(period) > 0, 0.0, odds)

    def active(self, periods: list[Period]) -> float:
        """Give the expected number of users who send something, added up over periods."""
        return sum(float((1 - self.silent(period)).sum()) for period in periods)


def _complete_weeks(last: int) -> list[Period]:
    return [(day, day + 7) for day in range(0, last - 5, 7)]


def _complete_months(last: int) -> list[Period]:
    starts = month_starts(last + 2)
    return list(pairwise(starts))


def _days_of(periods: list[Period]) -> list[Period]:
    return [(day, day + 1) for first, end in periods for day in range(first, end)]


def _conversations(world: World, weeks: list[Period]) -> float:
    """Give the expected number of conversations that users talk in, added up over weeks.

    For each membership the odds of no talk in it yet are kept apart by the occasions since the
    user's latest talk, because it is they that say when the next one is due.
    """
    lives, memberships = world.lives, world.lives.memberships
    opened = lives.participants[memberships.conversation, 0] == memberships.user
    logged = world.is_logged(memberships.user)
    found = 0.0
    for first, end in weeks:
        silent = np.full((REGULARITY, len(memberships.user)), 1 / REGULARITY)
        for day in range(first, end):
            present = lives.present(world.population, day)
            elsewhere = 1 - memberships.shares(day, lives.level[day], present)
            odds = world.habits.talking.occasion_odds(world.habits.talks(day))
            # Odds of so many occasions with none of the talks that they lead to in this place.
            steps = {}
            for more in range(1 - REGULARITY, REGULARITY):
                step = np.zeros(len(memberships.user))
                factor = np.ones(len(memberships.user))
                for occasions in range(more, len(odds), REGULARITY):
                    if occasions >= 0:
                        step += odds[occasions][memberships.user] * factor
                    factor = factor * elsewhere
                steps[more] = step
            silent = np.stack(
                [
                    sum(silent[before] * steps[after - before] for before in range(REGULARITY))
                    for after in range(REGULARITY)
                ]
            )
        # A conversation that the user opened in this week counts anyway, and once.
        new = opened & (memberships.opened_day >= first) & (memberships.opened_day < end)
        found += float(np.where(new, 1.0, 1 - silent.sum(axis=0))[logged].sum())
    return found


def expect(world: World, last: int) -> Truth:
    """Work out the expected metrics of the days up to `last`, as ratios of sums."""
    causes = world.causes
    senders = _Senders(world)
    whole = (0, last + 1)
    weeks = _complete_weeks(last)
    months = _complete_months(last)
    starts = [
        start
        for start in month_starts(last + 1)
        if start >= BEFORE_DAYS and start + AFTER_DAYS <= last + 1
    ]
    mean = float(np.arange(1, len(causes.messages) + 1) @ causes.messages)
    talks, openings = senders.talks(whole), senders.openings(whole)
    # The first message of a conversation is a text.
    rich = (world.population.rich_media * (talks * mean + openings * (mean - 1))).sum()

    def messages(periods: list[Period]) -> float:
        return mean * sum(
            float((senders.talks(period) + senders.openings(period)).sum()) for period in periods
        )

    base = churned = 0.0
    for start in starts:
        before = senders.silent((start - BEFORE_DAYS, start))
        after = senders.silent((start, start + AFTER_DAYS))
        both = senders.silent((start - BEFORE_DAYS, start + AFTER_DAYS))
        base += float((1 - before).sum())
        churned += float((after - both).sum())

    days = _days_of([whole])
    expected: Expected = {}
    for name, periods in (("day", days), ("week", weeks), ("month", months)):
        expected[f"messages_sent_per_user.{name}"] = (
            messages(periods) / senders.active(periods),
            f"messages sent / users who send any, over every {name}",
        )
    for name, periods in (("week", weeks), ("month", months)):
        expected[f"active_messaging_days.{name}"] = (
            senders.active(_days_of(periods)) / senders.active(periods),
            f"days with a message sent / users who send any, over every {name}",
        )
    if causes.errands is None:
        expected["active_conversations_per_user.week"] = (
            _conversations(world, weeks) / senders.active(weeks),
            "conversations that a user sends in / users who send any, over every week",
        )
    expected |= {
        "rich_media_usage_rate": (
            float(rich) / messages([whole]),
            "images and reactions / messages sent",
        ),
        "conversations_initiated_per_user.week": (
            float(world.lives.expected_openings[: weeks[-1][1]].sum()) / senders.active(weeks),
            "conversations opened / users who send any, over every week",
        ),
        "monthly_senders": (
            senders.active(months) / len(months),
            "mean over the months of the expected number of users who send any message",
        ),
        "monthly_churn_rate": (
            churned / base,
            f"users who send nothing in the {AFTER_DAYS} days from a month's start / users who "
            f"sent something in the {BEFORE_DAYS} days before it, over all months",
        ),
    }
    for name, kind, meaning in (
        ("declines", "decline", "times that a user began to grow tired"),
        ("recoveries", "recover", "declines that ended well"),
        ("departures.after_decline", "leave_after_decline", "users who left after a decline"),
        ("departures.without_warning", "leave_without_warning", "users who left all of a sudden"),
        ("holidays", "holiday", "times that a user fell silent for two or three weeks"),
    ):
        count = int((world.lives.turns[kind] <= last).sum())
        expected[name] = (count, meaning)
    return as_truth(expected, without_mart=_WITHOUT_MART)
