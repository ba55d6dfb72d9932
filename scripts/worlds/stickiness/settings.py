"""The causes of the stickiness worlds, in one place."""

from dataclasses import dataclass, replace

FEATURES = ("feed", "search", "messages", "groups", "events", "live", "shop", "maps")
"""Features of the app, the most popular first; the last two came after the world began."""

FOUNDING_DAYS = 14
"""Days in which the founding users join."""

HONEYMOON_DAYS = 14
"""Days after joining in which who settles comes nearly every day."""

HOLIDAY = range(40, 44)
"""Days on which people have something else to do: from the 14th to the 17th of February."""

WEEKDAYS = (1.0, 1.0, 1.0, 1.0, 0.97, 0.88, 0.92)
"""How likely people come from Monday to Sunday, relative to a usual day."""

BOT_MINUTES = 60
"""Minutes in a row in each of which a bot acts once."""

BOT_DAYS = 28
"""Every so many days a bot runs."""

COUNTRY_OFFSETS = {"US": -300, "GB": 0, "DE": 60, "FR": 60, "IN": 330, "BR": -180}
"""Minutes by which the clocks of a country are ahead of UTC."""

LOCAL_HOURS = (1, 0.5, 0.3, 0.2, 0.2, 0.5, 2, 4, 5, 4, 4, 4, 5, 4, 4, 4, 5, 6, 8, 10, 11, 10, 7, 3)
"""Relative number of sessions that start in each hour by the user's own clock."""


@dataclass(frozen=True)
class Causes:
    """Everything that decides how a world goes; the defaults are the healthy one.

    Probabilities and shares are between 0 and 1.
    """

    # Joining. Who settles comes nearly daily for two weeks, and by habit from then on; others look
    # in a few times. The chance to settle changes by this factor each day, as onboarding does.
    founding_share: float = 0.3
    founders_settle: float = 0.75
    settles: float = 0.11
    onboarding: float = 1.0175
    honeymoon: float = 0.94
    curiosity: float = 0.22
    curiosity_lasts: float = 0.55
    # Who has not settled may look in again, weeks later.
    looks_in: float = 0.006

    # Habits. The chance to come on a usual day is beta distributed over those who settle; its odds
    # change by a factor each day.
    habit: tuple[float, float] = (0.6, 2.2)
    least_habit: float = 0.05
    most_habit: float = 0.92
    odds_drift: float = 1.012
    # A second session on a day.
    again: float = 0.05
    again_growth: float = 1.021
    most_again: float = 0.6
    # Whoever lapses is away for some weeks.
    lapses: float = 0.004
    lapses_growth: float = 1.0
    least_away: int = 21
    mean_away: float = 30.0

    # The daily digest, a change of the product that reaches one user after the other: casual users
    # come more often, and stay for less.
    digest_first_day: int | None = 20
    digest_last_day: int = 150
    digest_odds: float = 6.0
    digest_habit: float = 0.5
    shorter: float = 0.6

    # What people do in a session.
    views: float = 1.2
    creates: float = 0.045
    creation_growth: float = 1.0165
    most_creates: float = 0.8
    creation_spread: float = 0.3
    interacts: float = 0.3
    features: tuple[float, ...] = (0.24, 0.15, 0.13, 0.12, 0.1, 0.09, 0.03, 0.02)
    step_seconds: float = 40.0

    # What the log makes of it.
    pushes: float = 0.05
    push_starts_session: float = 0.5
    keeps_session_id: float = 0.15
    restarts: float = 0.04


WORLDS: dict[str, Causes] = {
    "healthy": Causes(),
    "degraded": replace(
        Causes(),
        # The welcome gets worse, habits wear off, and people leave.
        settles=1.0,
        onboarding=0.975,
        habit=(1.3, 0.8),
        odds_drift=0.982,
        again=0.5,
        again_growth=0.98,
        lapses=0.005,
        lapses_growth=1.018,
        digest_first_day=None,
        # Fewer create, and nobody finds the features.
        creates=0.45,
        creation_growth=0.98,
        features=(0.2, 0.07, 0.05, 0.04, 0.03, 0.02, 0.015, 0.01),
    ),
}
