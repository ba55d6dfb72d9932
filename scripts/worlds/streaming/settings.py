"""The causes of the streaming worlds, in one place."""

from dataclasses import dataclass, replace

PRICE_RISE_DAY = 58
"""The day on which the price rises: 4 March 2026."""

PRICE_RISE_LASTS = 21
"""Days in which those to whom the price matters think about it."""

WEEKDAYS = (0.85, 0.85, 0.85, 0.9, 1.15, 1.35, 1.25)
"""How likely people watch from Monday to Sunday, relative to a usual day."""

HOURS = (0.0,) * 6 + (1, 1.5, 1, 1, 1, 1.5, 2, 2, 2, 2, 3, 5, 8, 11, 12, 10, 6, 3)
"""Relative number of sessions that start in each UTC hour; plans change before six."""

PREMIERE_DAYS = (0.34, 0.14, 0.09, 0.07, 0.12, 0.14, 0.1)
"""When those who come for a premiere do so, from its first day on."""

TRIAL_DAYS = range(3, 16)
"""Days after which those leave who only try the service."""

LEAVES = (0.12, 0.06, 0.04, 0.03, 0.03, 0.02, 0.02, 0.02, 0.03)
"""Viewers of the measured film who leave in each of its first nine tenths, of those still there."""

WATCHES_CREDITS = 0.3
"""Completed playbacks that run to the very end."""

FAVOURITE_SCENE = 0.5
"""The part of a film from which children see it again who do not want all of it."""

MOST_PLAYS = 8
"""Most playbacks of a session; then it is late."""


@dataclass(frozen=True)
class Causes:
    """Everything that decides how a world goes; the defaults are the healthy one.

    Probabilities and shares are between 0 and 1, rates are by the day.
    """

    # Subscriptions. Who tries the service leaves within weeks, and some of those who left return.
    founding_share: float = 0.62
    tries_only: float = 0.1
    cancels: float = 0.0005
    price_matters: float = 0.4
    price_rise: float = 5.0
    returns: float = 0.02
    returns_within: int = 60
    payment_fails: float = 0.25
    changes_plan: float = 0.0012

    # Coming. Some who are subscribed have lapsed and watch nothing; a television logs in by itself.
    comes: float = 0.036
    evenness: float = 0.75
    drift: float = 1.003
    lapsed: float = 0.12
    logs_in_by_itself: float = 0.008
    logs_in: float = 0.2
    premiere_pull: float = 0.46

    # What is watched in a session.
    only_browses: float = 0.04
    accidents: float = 0.11
    tries_again: float = 0.85
    continues: float = 0.92
    binges: float = 0.84
    variety: float = 0.02
    variety_growth: float = 1.04
    resumes: float = 0.85
    prefers_series: float = 0.42
    kids: float = 0.25
    kids_turn: float = 0.45
    kids_rewatch: float = 0.6
    favourite_scene: float = 0.4

    # How far a playback comes.
    film_completes: float = 0.78
    splits: float = 0.4
    good_hook: float = 0.9
    bad_hook: float = 0.55
    flagship_hook: float = 0.88
    episode_completes: float = 0.96
    seeks: float = 0.1
    pauses: float = 0.08
    skips_intro: float = 0.1
    crashes: float = 0.03

    # Lists, thumbs and features.
    wishes: float = 0.14
    wishes_again: float = 0.12
    fulfils: float = 0.9
    takes_from_list: float = 0.05
    rates: float = 0.12
    downloads: float = 0.06
    creates_profile: float = 0.3


WORLDS: dict[str, Causes] = {
    "healthy": Causes(),
    "degraded": replace(
        Causes(),
        # Few join, and many leave, more of them when the price rises.
        founding_share=0.86,
        cancels=0.0035,
        price_rise=4.0,
        returns=0.006,
        # Who stays comes less and less, and looks for less in a session.
        comes=0.27,
        drift=0.987,
        premiere_pull=0.11,
        only_browses=0.25,
        continues=0.4,
        binges=0.45,
        variety=0.85,
        variety_growth=0.98,
        # What there is to watch loses its viewers.
        film_completes=0.1,
        good_hook=0.45,
        bad_hook=0.3,
        flagship_hook=0.25,
        episode_completes=0.75,
        fulfils=0.01,
    ),
}
