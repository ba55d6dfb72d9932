"""Whether the healthy worlds' marts and facts find what the worlds' own probabilities say.

Given its users, what happens in a world on one day is independent of the other days, so each day is
a cluster, and the error of a ratio of sums is that of its days' influences on it. What is counted
by week or month has weeks or months for clusters.
"""

from __future__ import annotations

import math

import pytest

from scripts.worlds.registry import SCENARIOS
from tests.python.builds import Build, planted

Days = list[tuple[float, float]]

# Turns of users' lives, which no metric counts; the tests of the messenger world look at them.
LIVES = ("declines", "recoveries", "departures", "holidays")
TRUTHS = [
    (scenario, truth)
    for scenario in SCENARIOS
    for truth in planted(scenario)["truth"]
    if not truth.startswith(LIVES)
]
GRAINS = ("day", "week", "month")
VARIANTS = ("treatment_quick_access", "control")
# What the truths that are a member of a slice, or have no mart, are called.
MEMBERS = ("carpool", "standard", "ranker-1", "ranker-2", *VARIANTS)
# A lift compares two members.
LIFTS = {"ride_sharing": ("carpool", "standard"), "cloud_storage": VARIANTS}
EXPOSED_USER_DAYS = {
    "file_opens_per_user_day": "files_opened",
    "active_days_per_user_day": "case when sessions > 0 then 1 else 0 end",
}
NOVELTY_DAYS = 7


def mart_parts(build: Build, scenario: str, truth: str) -> Days:
    """Parts of each complete period from the launch on, in the mart; a count is over one."""
    metric, *details = truth.split(".")
    grain = details.pop() if details and details[-1] in GRAINS else "day"
    member = details.pop() if details and details[-1] in MEMBERS else "all"
    statistic = details[0] if details else "value"
    return build.query(
        f"""
        select coalesce(numerator, value), coalesce(denominator, 1) from metric_values
        where metric_id = '{metric}' and statistic = '{statistic}' and member = '{member}'
            and period_grain = '{grain}' and is_complete
            and period_start >= '{planted(scenario)["launch_date"]}'
        """
    )


def month_parts(build: Build, truth: str) -> Days:
    """Users who send anything in each complete month, or those who leave after it."""
    if truth == "monthly_senders":
        senders = mart_parts(build, "messenger", "messages_sent_per_user.month")
        return [(users, 1) for _, users in senders]
    return build.query(
        """
        select count(*) filter (where has_churned), count(*)
        from fct_messenger__user_snapshots where has_churned is not null group by cutoff_date
        """
    )


def exposed_parts(build: Build, truth: str) -> Days:
    """What the users of a variant do on each complete day."""
    name, variant = truth.split(".")
    return build.query(
        f"""
        select sum({EXPOSED_USER_DAYS[name]}), count(*)
        from fct_cloud_storage__exposed_user_days
        inner join dim_cloud_storage__dates on exposed_date = date_day
        where is_complete_day and variant = '{variant}' group by exposed_date
        """
    )


def novelty_parts(build: Build, when: str) -> Days:
    """Clicked lists of each day, of users to whom the panel is new or no longer is."""
    return build.query(
        f"""
        select count(*) filter (where is_clicked), count(*)
        from fct_cloud_storage__impressions as impressions
        inner join dim_cloud_storage__users as users using (user_id)
        inner join dim_cloud_storage__dates on impression_date = date_day
        where is_complete_day
            and (impression_date < cast(exposed_at as date) + {NOVELTY_DAYS})
            = {when == "first_week"}
        group by impression_date
        """
    )


def user_parts(build: Build, detail: str) -> Days:
    """Daily users of the panel among those of the drive, over the last 28 days, or all users."""
    days = build.query(
        f"""
        select numerator, denominator from mart_quick_access_active_users
        where statistic = 'share_of_active_users' and dimension = 'all' and period_grain = 'day'
            and is_complete and period_start >= '{planted("cloud_storage")["launch_date"]}'
        order by period_start
        """
    )
    return days[-28:] if detail == "share_of_platform" else [(users, 1) for _, users in days]


def parts_of(build: Build, scenario: str, truth: str) -> Days:
    name, _, detail = truth.partition(".")
    if name in EXPOSED_USER_DAYS:
        return exposed_parts(build, truth)
    if truth.endswith(("first_week", "later")):
        return novelty_parts(build, truth.rsplit(".", 1)[1])
    if detail in ("platform_dau", "share_of_platform"):
        return user_parts(build, detail)
    if truth.startswith("monthly_"):
        return month_parts(build, truth)
    if name == "active_conversations":
        return mart_parts(build, scenario, f"active_conversations_per_user.{detail}")
    return mart_parts(build, scenario, truth)


def ratio_and_influences(days: Days) -> tuple[float, list[float]]:
    """A ratio of sums over days, and how much each day moves it: each day is one cluster."""
    bottom = sum(day[1] for day in days)
    ratio = sum(day[0] for day in days) / bottom
    return ratio, [(top - ratio * part) / bottom for top, part in days]


def standard_error(influences: list[float]) -> float:
    squares = sum(influence**2 for influence in influences)
    return math.sqrt(squares * len(influences) / (len(influences) - 1))


def observe(build: Build, scenario: str, truth: str) -> tuple[float, float]:
    """What is found in the place of a truth, and its standard error."""
    name, _, detail = truth.rpartition(".")
    if name == "exposed_users":
        seen_in_one = f"variant = '{detail}' and other_variant_at is null"
        variants = "other_variant_at is not null" if detail == "both" else seen_in_one
        [(users,)] = build.query(f"select count(*) from dim_cloud_storage__users where {variants}")
        # Each user is exposed or not: the count varies at most as much as one of Poisson.
        return users, math.sqrt(planted(scenario)["truth"][truth]["value"])
    if detail != "lift":
        ratio, influences = ratio_and_influences(parts_of(build, scenario, truth))
        return ratio, standard_error(influences)
    (treated, moves), (control, others) = (
        ratio_and_influences(parts_of(build, scenario, f"{name}.{member}"))
        for member in LIFTS[scenario]
    )
    influences = [
        (move - treated / control * other) / control
        for move, other in zip(moves, others, strict=True)
    ]
    return treated / control - 1, standard_error(influences)


@pytest.mark.parametrize(("scenario", "truth"), TRUTHS)
def test_planted_truth_lies_in_the_95_percent_interval_of_what_is_found(
    healthy: Build, scenario: str, truth: str
) -> None:
    observed, error = observe(healthy, scenario, truth)
    expected = planted(scenario)["truth"][truth]["value"]
    assert error > 0
    assert abs(observed - expected) <= 1.96 * error, f"{observed} +- {error}, planted {expected}"
