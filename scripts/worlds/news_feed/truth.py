"""What the world's own probabilities lead one to expect, without looking at any event.

| metric | above | below |
|---|---|---|
| positive, negative interactions | items at each place, times the odds of each topic | items |
| profile clicks, dwell | items at each place, times its odds | items, or items looked at |
| expands | items at each place, times its odds | items, each with the odds to be contractable |
| items, time and depth of a session | items at each place, times seconds or pixels | sessions |
| complaints | asked readers, times the odds to complain and answer | times those to answer |

Tastes, habits and variants are drawn before the first day and taken as given. How many sessions
start on a day is known on average, and the places of a feed are filled independently, each by the
same odds. So a topic has come so often above a place as in as many tosses of its coin: the mean of
tires**times is (1 - odds * (1 - tires))**places.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from math import exp

import numpy as np

from scripts.worlds.envelope import Floats
from scripts.worlds.kit.truth import Expected, as_truth
from scripts.worlds.news_feed.population import (
    TOPIC_OF_SOURCE,
    Population,
    relevance,
    source_odds,
    week_of,
)
from scripts.worlds.news_feed.settings import (
    BORED_DAYS,
    CHRONOLOGICAL,
    CONTROL,
    DIVERSIFIED,
    EXPERIMENT_DAY,
    GLANCE_ITEMS,
    HARM_APPEALS,
    HARM_HIDES,
    KINDS,
    LOOK_SECONDS,
    MOST_ITEMS,
    OPENING_MILLISECONDS,
    REPORTS_OF_HIDES,
    SKIP_MILLISECONDS,
    SURVEY_DAYS,
    THRESHOLD_SECONDS,
    TOPICS,
    VARIANTS,
    Causes,
    Ranking,
)
from scripts.worlds.scenario import Truth

_BEFORE = -1
_AT_ONCE = 20_000

Sums = dict[str, float]


@dataclass
class _Totals:
    """Expected sums of all sessions, by variant; `_BEFORE` is of the time before it."""

    by_variant: dict[int, Sums] = field(default_factory=dict)

    def add(self, variant: int, sums: Sums) -> None:
        """Add what some sessions are expected to come to."""
        own = self.by_variant.setdefault(variant, {})
        for name, value in sums.items():
            own[name] = own.get(name, 0.0) + value

    def ratio(self, above: str, below: str, variant: int | None = None) -> float:
        """Divide two sums, of a variant or of everybody."""
        chosen = self.by_variant.values() if variant is None else [self.by_variant[variant]]
        return sum(sums[above] for sums in chosen) / sum(sums[below] for sums in chosen)


def _reaches(causes: Causes, on_web: bool, depth: float) -> Floats:
    """Give the odds that a session has an item at each place, shape (MOST_ITEMS,)."""
    first, mean = causes.web_items if on_web else causes.phone_items
    odds, tail = exp(-mean * depth), 1.0
    reached = np.ones(MOST_ITEMS)
    for more in range(MOST_ITEMS - first):
        tail -= odds
        reached[first + more] = tail
        odds *= mean * depth / (more + 1)
    glance = np.arange(MOST_ITEMS) < GLANCE_ITEMS
    return causes.glances * glance + (1 - causes.glances) * reached


def _session(
    population: Population,
    causes: Causes,
    ranking: Ranking,
    week: int,
    appeal: float,
    users: np.ndarray,
    weight: Floats,
    on_web: bool,
) -> Sums:
    """Work out what some readers' sessions come to: `weight` of them each."""
    reached = _reaches(causes, on_web, ranking.depth)
    examined = np.arange(1, MOST_ITEMS + 1) ** -causes.position_power
    odds = source_odds(population, ranking, week, users)
    of_topic = np.eye(len(TOPICS))[TOPIC_OF_SOURCE]
    topics = odds @ of_topic
    draws = (odds * population.quality * (1 + HARM_APPEALS * population.harm)) @ of_topic
    means = relevance(causes, population.taste[users])
    liked = np.zeros(len(users))
    tired = np.ones_like(topics)
    for place in range(MOST_ITEMS):
        liked += reached[place] * examined[place] * (means * draws * tired).sum(axis=1)
        tired *= 1 - topics * (1 - causes.tires)
    cares = causes.web_appeal if on_web else 1.0
    liked *= sum(KINDS) * causes.seen * causes.appeals * appeal * cares
    harmful = odds @ (1 + HARM_HIDES * population.harm)
    sessions, items = float(weight.sum()), float(weight.sum() * reached.sum())
    looked = causes.seen * items
    dwell = causes.dwell_seconds * ranking.interest
    over = looked * exp(-(THRESHOLD_SECONDS - LOOK_SECONDS) / dwell)
    hidden = causes.seen * ranking.hides * float((weight * harmful).sum() * reached.sum())
    seen_and_examined = causes.seen * sessions * float((reached * examined).sum())
    return {
        "sessions": sessions,
        "items": items,
        "looked": looked,
        "positives": float((weight * liked).sum()),
        "negatives": hidden * (1 + REPORTS_OF_HIDES),
        "profile_clicks": causes.profile_clicks * seen_and_examined,
        "expands": causes.expands * causes.contractable * seen_and_examined,
        "contractable": causes.contractable * items,
        "over_threshold": over,
        "dwelt_over": over * (THRESHOLD_SECONDS + dwell),
        "dwelt": looked * (LOOK_SECONDS + dwell),
        "minutes": (
            sessions * OPENING_MILLISECONDS / 1_000
            + (items - looked) * SKIP_MILLISECONDS / 1_000
            + looked * (LOOK_SECONDS + dwell)
        )
        / 60,
        "loaded": items + sessions * (causes.preloaded_on_web if on_web else 0),
    }


def _weeks(last: int) -> Iterator[tuple[int, int, range]]:
    """Give the weeks of the world: of the experiment, the variant's time, and the days."""
    for first in range(0, last + 1, 7):
        days = range(first, min(first + 7, last + 1))
        yield week_of(first), _BEFORE if first < EXPERIMENT_DAY else 0, days


def _live(population: Population, causes: Causes, last: int) -> _Totals:
    """Go through the weeks, platforms and variants."""
    totals = _Totals()
    for week, time, days in _weeks(last):
        nothing = np.zeros(population.users)
        expected = sum((population.sessions(causes, day) for day in days), start=nothing)
        for code in (CONTROL, DIVERSIFIED, CHRONOLOGICAL):
            ranking = causes.rankings[CONTROL if time == _BEFORE else code]
            appeal = 1.0 if time == _BEFORE else ranking.appeal[week]
            for on_web in (False, True):
                own = np.flatnonzero((population.variant == code) & (population.on_web == on_web))
                for begin in range(0, len(own), _AT_ONCE):
                    users = own[begin : begin + _AT_ONCE]
                    sums = _session(
                        population, causes, ranking, week, appeal, users, expected[users], on_web
                    )
                    totals.add(_BEFORE if time == _BEFORE else code, sums)
    return totals


_RATIOS = (
    ("feed_time_spent", "minutes", "sessions", "minutes / sessions"),
    ("feed_items_viewed", "loaded", "sessions", "items as clients count them / sessions"),
    ("feed_items_viewed.impressions", "items", "sessions", "items shown / sessions"),
    ("feed_items_viewed.in_view", "looked", "sessions", "items looked at / sessions"),
    (
        "feed_dwell_time",
        "dwelt_over",
        "over_threshold",
        "seconds on items above the threshold / these items",
    ),
    ("feed_dwell_time.all_in_view", "dwelt", "looked", "seconds / items looked at"),
    (
        "feed_dwell_time.share_over_threshold",
        "over_threshold",
        "looked",
        "items above the threshold / items looked at",
    ),
    ("feed_positive_interaction_rate", "positives", "items", "likes, comments, shares / items"),
    ("feed_negative_interaction_rate", "negatives", "items", "hides, reports / items"),
    ("feed_profile_click_rate", "profile_clicks", "items", "clicks on profiles / items"),
    ("feed_expand_rate", "expands", "contractable", "items expanded / items that can be"),
)
_COMPARED = ("feed_positive_interaction_rate", "feed_negative_interaction_rate", "feed_time_spent")


def _of_surveys(population: Population, causes: Causes, last: int) -> Expected:
    """Work out who complains among those who answer; who is about to leave does not."""
    complains = np.array([each.complains for each in causes.rankings])
    answers = np.array(causes.answers_by_activity)[population.activity]
    sums: dict[int, Floats] = {}
    for day in range(last + 1):
        asked = (np.arange(population.users) + day) % SURVEY_DAYS == 0
        asked &= day < population.leaves_day
        stays = asked & (population.leaves_day - day > BORED_DAYS)
        unhappy = complains[population.ranking(day)]
        says_so = stays * answers * unhappy * causes.answers[1]
        content = stays * answers * (1 - unhappy) * causes.answers[0]
        for code in range(len(VARIANTS)):
            own = population.variant == code
            key = _BEFORE if day < EXPERIMENT_DAY else code
            parts = np.array([each[own].sum() for each in (says_so, says_so + content, asked)])
            sums[key] = sums.get(key, np.zeros(3)) + parts
    complaints, answered, invited = sum(sums.values(), np.zeros(3))
    expected: Expected = {
        "feed_survey_complaint_rate": (complaints / answered, "complaints / answers"),
        "feed_survey_complaint_rate.response_rate": (answered / invited, "answers / readers asked"),
    }
    for code, name in enumerate(VARIANTS):
        expected[f"feed_survey_complaint_rate.{name}"] = (
            sums[code][0] / sums[code][1],
            f"complaints / answers, in {name}",
        )
    return expected


def expect(population: Population, causes: Causes, last: int) -> Truth:
    """Work out the expected metrics of the days up to `last`, as ratios of sums."""
    totals = _live(population, causes, last)
    expected: Expected = {
        name: (totals.ratio(above, below), meaning) for name, above, below, meaning in _RATIOS
    }
    parts = {name: (above, below, meaning) for name, above, below, meaning in _RATIOS}
    for name in _COMPARED:
        above, below, meaning = parts[name]
        for code, variant in enumerate(VARIANTS):
            expected[f"{name}.{variant}"] = (
                totals.ratio(above, below, code),
                f"{meaning}, in {variant}",
            )
        expected[f"{name}.lift"] = (
            expected[f"{name}.{VARIANTS[DIVERSIFIED]}"][0]
            / expected[f"{name}.{VARIANTS[CONTROL]}"][0]
            - 1,
            f"{meaning}, diversified over control, less one",
        )
    expected |= _of_surveys(population, causes, last)
    for name, fell in (("kept", False), ("fell", True)):
        expected[f"creator_reach_complaints.{name}"] = (
            causes.creator_complains[fell],
            f"complaints / answers of creators whose reach {name}",
        )
    return as_truth(
        expected,
        members=(*VARIANTS, "fell", "kept"),
        compared=(VARIANTS[DIVERSIFIED], VARIANTS[CONTROL]),
    )
