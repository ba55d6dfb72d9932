"""Targets as the board shows them: what was observed against what, in words and as a bullet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from scripts.manifest import Metric
from scripts.site.units import DASH, SHARE, Format, day_text, format_of
from scripts.target_status import TargetStatus

# Pixels of a bullet, and how much of it lies beyond what is drawn.
WIDTH, ROOM = 200, 0.12


@dataclass(frozen=True)
class Bullet:
    """Where what of a bullet lies, in pixels from its left; `words` say the same."""

    observed: float
    bounds: tuple[float, ...]
    good_from: float
    good_width: float
    low: float | None
    high: float | None
    status: str
    words: str


@dataclass(frozen=True)
class Judged:
    """A target's row: numbers as text in the unit of what is judged."""

    status: TargetStatus
    question: str
    label: str
    rule: str
    observed: str
    interval: str
    window: str
    bullet: Bullet | None
    since: str


def board(
    statuses: Iterable[TargetStatus],
    metrics: Mapping[str, Metric],
    windows: Mapping[str, str],
    since: Mapping[str, date],
) -> list[Judged]:
    """Every target with its numbers in their unit; `windows` are their grains, by target."""
    return [
        judge(status, metrics[status.metric], windows[status.id], since.get(status.id))
        for status in statuses
    ]


def judge(status: TargetStatus, metric: Metric, grain: str, since: date | None) -> Judged:
    """The row of one target."""
    form = format_of_judged(status, metric)
    bounds = [one for one in (status.threshold, status.upper_threshold) if one is not None]
    text = " and ".join(form.text(bound) for bound in bounds)
    interval = ""
    if status.interval_low is not None and status.interval_high is not None:
        interval = f"{form.text(status.interval_low)} to {form.text(status.interval_high)}"
        if status.worst_member:
            interval += f" in {status.worst_member}"
    return Judged(
        status,
        metric.question,
        metric.label,
        f"{_SIGNS.get(status.operator, status.operator)} {text}",
        form.text(status.observed),
        interval,
        _window(status, grain),
        _bullet(status, bounds, form),
        f"missed since {day_text(since)}, or before" if since else "",
    )


_SIGNS = {">=": "≥", "<=": "≤"}


def format_of_judged(status: TargetStatus, metric: Metric) -> Format:
    """The format of what is judged: a growth or lift is relative, whatever the metric's unit."""
    if status.basis in ("growth", "lift", "exists"):
        return Format(SHARE)
    return format_of(metric, status.statistic)


def window_until(last: date, grain: str) -> date:
    """The first day after a period that begins on a day."""
    if grain == "month":
        return (last.replace(day=1) + timedelta(days=32)).replace(day=1)
    return last + timedelta(days={"week": 7, "cohort": 7}.get(grain, 1))


def _window(status: TargetStatus, grain: str) -> str:
    if status.window_start is None or status.window_end is None:
        return DASH
    end = window_until(status.window_end, grain) - timedelta(days=1)
    return f"{day_text(status.window_start)} to {day_text(end)}"


def _bullet(status: TargetStatus, bounds: list[float], form: Format) -> Bullet | None:
    """What was observed on a scale with the part of it that is good; None without a number."""
    if status.observed is None:
        return None
    ends = [status.interval_low, status.interval_high]
    known = [*bounds, status.observed, *(end for end in ends if end is not None)]
    # A number that is a part of something is seen against nothing of it.
    if min(known) >= 0:
        known.append(0)
    low, high = min(known), max(known)
    room = ROOM * (high - low) or 1
    low, high = (low if low == 0 else low - room), high + room

    def at(value: float) -> float:
        return round(WIDTH * (value - low) / (high - low), 1)

    places = sorted(at(bound) for bound in bounds)
    if status.operator in (">", ">="):
        good = (places[0], float(WIDTH))
    elif status.operator in ("<", "<="):
        good = (0.0, places[0])
    else:
        good = (places[0], places[-1])
    has_interval = None not in ends
    return Bullet(
        at(status.observed),
        tuple(places),
        good[0],
        round(good[1] - good[0], 1),
        at(ends[0]) if has_interval and ends[0] is not None else None,
        at(ends[1]) if has_interval and ends[1] is not None else None,
        status.status,
        f"observed {form.text(status.observed)}, asked {status.operator} "
        + " and ".join(form.text(bound) for bound in bounds),
    )
