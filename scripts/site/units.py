"""How a number of a unit is written: 26.4 %, $12.30, 1,234 riders."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from scripts.manifest import Metric

SHARE, DOLLARS, PLAIN = "share", "dollars", "plain"
DASH, MINUS = "\u2013", "\u2212"
_DOLLARS = "US dollars"


@dataclass(frozen=True)
class Format:
    """How numbers of a statistic are written; `noun` is what is counted, empty for a share.

    `assets/numbers.js` writes them in the same way on the page; a test holds the two together.
    """

    style: str
    noun: str = ""

    def text(self, value: float | None) -> str:
        """The number as people read it, with its sign but without the noun; a dash for null."""
        if value is None:
            return DASH
        if self.style == SHARE:
            digits = 0 if value == 0 else 2 if abs(value) < 0.01 else 1
            return f"{_fixed(100 * value, digits)} %"
        if self.style == DOLLARS:
            return f"{MINUS if value < 0 else ''}${_fixed(abs(value), 2)}"
        return _fixed(value, _digits(value))


def format_of(metric: Metric, statistic: str) -> Format:
    """The format of a statistic: of its own `unit` if it has one, or else of its metric's.

    A statistic that cannot pass 1 is a share, but for the metric's own number, whose unit is told.
    """
    facts = metric.statistics.get(statistic, {})
    own = facts.get("unit")
    if own is None and facts.get("maximum") == 1 and statistic != "value":
        return Format(SHARE)
    return format_of_unit(str(own or metric.unit))


def format_of_unit(unit: str) -> Format:
    """The format of a unit in words, as metrics declare it."""
    if unit == "share" or unit.startswith("share of"):
        return Format(SHARE)
    if unit.startswith(_DOLLARS):
        return Format(DOLLARS, unit.removeprefix(_DOLLARS).strip())
    return Format(PLAIN, unit)


def day_text(day: date) -> str:
    """A day as people read it: 4 Mar 2026."""
    return f"{day.day} {day:%b %Y}"


def _digits(value: float) -> int:
    """Digits behind the point, so that three or more are told; none of a whole number."""
    size = abs(value)
    if size == int(size) or size >= 100:
        return 0
    if size >= 10:
        return 1
    return 2 if size >= 1 else 3


def _fixed(value: float, digits: int) -> str:
    # A half goes up, and of a number as it is written, as in the browser.
    rounded = Decimal(repr(abs(value))).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
    return f"{MINUS}{rounded:,}" if value < 0 and rounded else f"{rounded:,}"
