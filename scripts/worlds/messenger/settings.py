"""The causes of the messenger worlds, in one place."""

from dataclasses import dataclass, replace

MESSAGES = (0.9, 0.08, 0.02)
"""Shares of talks with one, two and three messages."""

PARTICIPANTS = (0.88, 0.08, 0.04)
"""Shares of conversations that are opened for two, three and four people."""

MOST_PARTICIPANTS = 4

REGULARITY = 12
"""Every so many occasions lead to a session; 1 would be pure chance."""

SETTLING_DAYS = 14
"""Days after joining in which users look for their friends."""

SHORTEST_DECLINE, LONGEST_DECLINE = 14, 28
SHORTEST_HOLIDAY, LONGEST_HOLIDAY = 14, 21

SEASONAL_DAYS = {
    (2, 14): 1.5,
    (4, 5): 1.4,
    (5, 10): 1.5,
    (6, 21): 1.3,
    (10, 31): 1.4,
    (12, 24): 1.5,
    (12, 25): 1.6,
    (12, 31): 1.7,
    (1, 1): 1.7,
}
"""Months and days on which people have more to say than usual."""


@dataclass(frozen=True)
class Causes:
    """Everything that decides how a world goes; the defaults are the healthy one.

    Probabilities and shares are between 0 and 1; rates are for one user and day.
    """

    # Habits. A talk is a session in which the user sends something; in other sessions the user
    # only reads. Both have a least rate, and on top of it what differs between users.
    joining_share: float = 0.66
    least_talks: float = 0.11
    # The few who talk most talk far more than others: a month's chance does not change who they
    # are.
    talks: float = 0.003
    talks_spread: float = 2.2
    most_talks: float = 0.9
    least_reads: float = 0.08
    reads_per_talk: float = 0.0
    # Where talks are errands, a user has one in a month or none, and this is the chance of one.
    errands: float | None = None
    messages: tuple[float, ...] = MESSAGES
    rich_media: float = 0.12
    images: float = 0.45

    # Circles. A user has so many conversations from the time before, and opens more later.
    old_conversations: float = 2.2
    opens: float = 0.006
    opens_while_settling: float = 0.07

    # Leaving. Most users grow tired first; loneliness makes that likelier, loyalty less likely.
    tires: float = 0.0075
    lonely: float = 1.5
    loyalty: float = 0.9
    recovers: float = 0.1
    leaves_suddenly: float = 0.0002
    holiday: float = 0.0006
    # Whoever grows tired turns notifications off before going, and hardly anybody else does.
    mutes_when_tired: float = 1.0
    mutes_anyway: float = 0.0002
    uninstalls: float = 0.6

    # Logging. On a platform that is left out no sent message is logged.
    platforms: tuple[float, ...] = (0.46, 0.44, 0.10)
    unlogged_platform: str | None = None


WORLDS: dict[str, Causes] = {
    "healthy": Causes(),
    "degraded": replace(
        Causes(),
        # People come for an errand, with one message or two, and nobody has a habit.
        errands=0.75,
        messages=(0.68, 0.32),
        least_reads=0.01,
        reads_per_talk=0.0,
        rich_media=0.02,
        opens=0.0,
        opens_while_settling=0.0,
        # They leave from one day to the next.
        tires=0.0,
        loyalty=0.0,
        lonely=0.0,
        leaves_suddenly=0.0075,
        holiday=0.0,
        mutes_anyway=0.001,
        platforms=(0.38, 0.37, 0.25),
        unlogged_platform="web",
    ),
}
