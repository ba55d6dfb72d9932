"""Numbers of events as people write them, and figures as people read them."""

from __future__ import annotations

import re
import statistics
from collections.abc import Sequence
from dataclasses import dataclass

_UNITS = {"": 1, "k": 1_000, "m": 1_000_000, "b": 1_000_000_000}


def parse_size(text: str) -> int:
    """A number of events: 10M, 400k, 1.5M or 250000.

    Raises:
        ValueError: the text is not such a number, or it is zero.
    """
    found = re.fullmatch(r"([0-9]+(?:\.[0-9]+)?)([kmb]?)", text.strip().lower().replace("_", ""))
    size = round(float(found[1]) * _UNITS[found[2]]) if found else 0
    if size <= 0:
        raise ValueError(f"{text!r} is not a number of events such as 400k, 10M or 250000")
    return size


def size_name(size: int) -> str:
    """The shortest way to write a number of events, as `parse_size` reads it."""
    for letter in "bmk":
        unit = _UNITS[letter]
        if size >= unit and size % (unit // 10) == 0:
            return f"{size / unit:g}{letter if letter == 'k' else letter.upper()}"
    return str(size)


@dataclass(frozen=True)
class Spread:
    """The median of some runs, the lowest and the highest."""

    median: float
    lowest: float
    highest: float

    def text(self, decimals: int = 2) -> str:
        """Median and, where there is more than one value, range: `1.23 (1.10 to 1.40)`."""
        figures = [f"{figure:,.{decimals}f}" for figure in (self.lowest, self.highest)]
        middle = f"{self.median:,.{decimals}f}"
        return middle if len({middle, *figures}) == 1 else f"{middle} ({' to '.join(figures)})"


def spread(values: Sequence[float]) -> Spread:
    """Median and range; ValueError without values."""
    if not values:
        raise ValueError("no values to take a median of")
    return Spread(statistics.median(values), min(values), max(values))


def ratios(above: Sequence[float], below: Sequence[float]) -> list[float]:
    """One ratio for each run: the median of ratios is not the ratio of medians.

    Raises:
        ValueError: the two are not of the same runs.
    """
    return [one / other for one, other in zip(above, below, strict=True)]
