"""What the world's own probabilities lead one to expect, without looking at any event.

How many sessions a user has on a day is drawn from a Poisson distribution that is cut off, and
everything that happens in them is independent given whether, and for how long,
the user has been exposed. So the expected numbers of a day follow from the odds of not being
exposed before that day.
"""

from dataclasses import dataclass, field

import numpy as np

from scripts.worlds.cloud_storage.population import Population, session_rate
from scripts.worlds.cloud_storage.settings import (
    COMING,
    CONTROL,
    LAUNCH_DAY,
    MODEL_DAY,
    MODELS,
    NOVELTY_DAYS,
    TREATMENT,
    VARIANTS,
    Causes,
)
from scripts.worlds.cloud_storage.visits import Visit
from scripts.worlds.envelope import Booleans, Floats
from scripts.worlds.kit.people import NEVER
from scripts.worlds.kit.truth import Expected, as_truth
from scripts.worlds.scenario import Truth

RECENT_DAYS = 28
"""Days of the window in which users of the panel are compared with all users."""

Kind = tuple[int, bool]
"""A kind of session with a panel: the model, and whether the panel is new to the user."""

_KINDS: tuple[Kind, ...] = tuple(
    (model, novel) for model in range(len(MODELS)) for novel in (True, False)
)


_WITHOUT_MART = (
    "first_week",
    "later",
    "file_opens_per_user_day",
    "active_days_per_user_day",
    "platform_dau",
    "share_of_platform",
    "exposed_users",
)


@dataclass
class History:
    """Expected numbers from the launch on; every array has one entry for each user.

    Attributes:
        panels: sessions with a panel, by kind.
        others: sessions without one, from the first exposure on.
        exposed_days: days from the first exposure on, that day included.
        active_days: those of them with a session.
        not_exposed: odds of no exposure until now.
        not_exposed_before_reset: the same until the reset.
        not_exposed_after_reset: odds of no exposure from the reset on.
        quick_users, all_users: expected users of the panel and of the drive on each day.
    """

    panels: dict[Kind, Floats]
    others: Floats
    exposed_days: Floats
    active_days: Floats
    not_exposed: Floats
    not_exposed_before_reset: Floats
    not_exposed_after_reset: Floats
    quick_users: list[float] = field(default_factory=list)
    all_users: list[float] = field(default_factory=list)


def _live(population: Population, causes: Causes, visits: dict[Kind, Visit], last: int) -> History:
    """Go through the days from the launch to `last`."""
    none, one = np.zeros(population.users), np.ones(population.users)
    history = History(
        panels=dict.fromkeys(_KINDS, none),
        others=none,
        exposed_days=none,
        active_days=none,
        not_exposed=one,
        not_exposed_before_reset=one,
        not_exposed_after_reset=one,
    )
    # Odds of no exposure before each of the latest days, today's last.
    before = [one] * NOVELTY_DAYS
    crashes = np.array(causes.crashes)[population.actors.platform]
    for day in range(LAUNCH_DAY, last + 1):
        enrolled, treated = population.is_enrolled(day), population.is_treated(day)
        rate = session_rate(population, causes, day)
        known = rate * np.where(treated, causes.treated_sessions, 1.0)
        lost = causes.home * crashes * treated
        home, deep = causes.home - lost, np.full(population.users, 1 - causes.home)

        fresh, novel, settled = before[-1], before[0] - before[-1], 1 - before[0]
        no_home = np.where(enrolled, COMING.none_of(rate, home), 1.0)
        after = fresh * no_home
        sessions, known_sessions = COMING.mean(rate), COMING.mean(known)
        # All home sessions of who is enrolled are exposures; other sessions count after the first.
        too_early = deep * np.divide(1 - no_home, home, out=sessions.copy(), where=home > 0)
        other = fresh * (sessions * deep - too_early) + (1 - fresh) * known_sessions * deep
        home_novel = (fresh * sessions + novel * known_sessions) * home
        home_settled = settled * known_sessions * home
        model = int(day >= MODEL_DAY)
        for is_novel, amount in ((True, home_novel), (False, home_settled)):
            kind = (model, is_novel)
            history.panels[kind] = history.panels[kind] + amount * treated
        other = other + (home_novel + home_settled) * ~treated
        history.others = history.others + other * enrolled

        quiet = fresh * COMING.none_of(rate, 1 - lost) + (1 - fresh) * COMING.none_of(
            known, 1 - lost
        )
        still = COMING.none_of(known, 1 - lost)
        history.exposed_days = history.exposed_days + (1 - after)
        history.active_days = history.active_days + (1 - fresh) * (1 - still) + fresh - after
        early, late = visits[model, True].clicked * home, visits[model, False].clicked * home
        no_click = (
            fresh * COMING.none_of(rate, early)
            + novel * COMING.none_of(known, early)
            + settled * COMING.none_of(known, late)
        )
        history.quick_users.append(float(((1 - no_click) * treated).sum()))
        history.all_users.append(float((1 - quiet).sum()))

        has_reset = population.reset_day <= day
        again = np.where(has_reset, COMING.none_of(known, home), 1.0)
        history.not_exposed_after_reset = history.not_exposed_after_reset * again
        history.not_exposed_before_reset = np.where(
            has_reset, history.not_exposed_before_reset, after
        )
        history.not_exposed = after
        before = [*before[1:], after]
    return history


def _panel_metrics(history: History, visits: dict[Kind, Visit]) -> Expected:
    """Work out what the panel is worth; users who change their variant count, too."""

    def total(name: str, kinds: tuple[Kind, ...] = _KINDS) -> float:
        return sum(float((history.panels[kind] * visits[kind].sums[name]).sum()) for kind in kinds)

    impressions, clicks = total("impressions"), total("clicks")
    expected: Expected = {
        "quick_access_ctr": (clicks / impressions, "clicks / impressions"),
        "quick_access_ctr.impressions_clicked": (
            total("impressions_clicked") / impressions,
            "impressions with a click that is not stale / impressions",
        ),
        "quick_access_mrr": (total("reciprocal_ranks") / clicks, "mean of 1 / rank over clicks"),
        "quick_access_mrr.all_impressions": (
            total("first_reciprocal_ranks") / impressions,
            "1 / rank of the first click that is not stale, summed / impressions",
        ),
        "quick_access_open_conversion": (
            total("quick_opens") / clicks,
            "files opened by Quick Access / clicks",
        ),
        "quick_access_open_conversion.followed_by_open": (
            total("clicks_followed") / clicks,
            "clicks followed by an open of that file / clicks",
        ),
        "quick_access_negative_feedback_rate": (
            total("feedbacks") / impressions,
            "feedback events / impressions",
        ),
        "quick_access_negative_feedback_rate.impressions_rejected": (
            total("impressions_rejected") / impressions,
            "impressions with any feedback / impressions",
        ),
    }
    for name, is_novel, meaning in (
        ("first_week", True, "in the first seven days from a user's first exposure on"),
        ("later", False, "after these seven days, when the novelty has worn off"),
    ):
        kinds = tuple(kind for kind in _KINDS if kind[1] == is_novel)
        expected[f"quick_access_ctr.impressions_clicked.{name}"] = (
            total("impressions_clicked", kinds) / total("impressions", kinds),
            f"impressions with a click that is not stale / impressions, {meaning}",
        )
    for model, name in enumerate(MODELS):
        kinds = tuple(kind for kind in _KINDS if kind[0] == model)
        expected[f"quick_access_mrr.{name}"] = (
            total("reciprocal_ranks", kinds) / total("clicks", kinds),
            f"mean of 1 / rank over clicks on suggestions of {name}",
        )
    return expected


def _comparisons(
    history: History, visits: dict[Kind, Visit], plain: Visit, members: list[Booleans]
) -> Expected:
    """Work out what exposed users do, by variant; who changes the variant is left out."""

    def total(name: str) -> Floats:
        panels = [history.panels[kind] * visits[kind].sums[name] for kind in _KINDS]
        return sum(panels, history.others * plain.sums[name])

    expected: Expected = {}
    opens = total("opens")
    for name, part, whole, meaning in (
        (
            "manual_searches_per_user",
            total("searches"),
            history.exposed_days,
            "searches / days of exposed users",
        ),
        (
            "navigation_actions_per_user",
            total("steps"),
            history.exposed_days,
            "navigation in tasks that end in an open / days of exposed users",
        ),
        (
            "file_opens_per_user_day",
            opens,
            history.exposed_days,
            "opened files / days of exposed users",
        ),
        (
            "active_days_per_user_day",
            history.active_days,
            history.exposed_days,
            "days with an event / days of exposed users",
        ),
        (
            "time_to_file_open.from_task_start",
            total("seconds"),
            opens,
            "mean seconds from the first event of a task to its open",
        ),
    ):
        ratios = [float(part[who].sum() / whole[who].sum()) for who in members]
        for variant, ratio in zip(VARIANTS, ratios, strict=True):
            expected[f"{name}.{variant}"] = (ratio, f"{meaning}, in {variant}")
        expected[f"{name}.lift"] = (
            ratios[TREATMENT] / ratios[CONTROL] - 1,
            f"{meaning}, treatment over control, less one",
        )
    return expected


def _users(history: History, members: list[Booleans]) -> Expected:
    """Work out how many users come, and how many of them are exposed."""
    recent = slice(-RECENT_DAYS, None)
    exposed = 1 - history.not_exposed
    both = (1 - history.not_exposed_before_reset) * (1 - history.not_exposed_after_reset)
    expected: Expected = {
        "quick_access_active_users.dau": (
            float(np.mean(history.quick_users)),
            "mean over the days of the expected number of distinct users with a click",
        ),
        "quick_access_active_users.platform_dau": (
            float(np.mean(history.all_users)),
            "mean over the days of the expected number of distinct users with any event",
        ),
        "quick_access_active_users.share_of_platform": (
            sum(history.quick_users[recent]) / sum(history.all_users[recent]),
            f"daily users with a click / daily users with any event, last {RECENT_DAYS} days",
        ),
        "exposed_users.both": (
            float(both[~(members[CONTROL] | members[TREATMENT])].sum()),
            "expected number of users exposed to both variants, because their device was reset",
        ),
    }
    for variant, who in zip(VARIANTS, members, strict=True):
        expected[f"exposed_users.{variant}"] = (
            float(exposed[who].sum()),
            f"expected number of users exposed to {variant}, whose device is not reset",
        )
    return expected


def expect(population: Population, causes: Causes, last: int) -> Truth:
    """Work out the expected metrics of the days from the launch to `last`, both included.

    Ratios are ratios of sums.
    """
    visits = {
        (model, novel): Visit(population, causes, causes.models[model], novel)
        for model, novel in _KINDS
    }
    plain = Visit(population, causes, None, False)
    history = _live(population, causes, visits, last)
    stays = population.reset_day == NEVER
    members = [stays & (population.variant == variant) for variant in (CONTROL, TREATMENT)]
    return as_truth(
        _panel_metrics(history, visits)
        | _comparisons(history, visits, plain, members)
        | _users(history, members),
        members=(*VARIANTS, *MODELS),
        compared=(VARIANTS[TREATMENT], VARIANTS[CONTROL]),
        without_mart=_WITHOUT_MART,
    )
