"""A small line of a series that stands beside its newest number."""

from __future__ import annotations

from dataclasses import dataclass

from scripts.site.series import Series

# Pixels; the line keeps a margin for the dot at its end.
WIDTH, HEIGHT, MARGIN = 132, 36, 4
MOST_POINTS = 60


@dataclass(frozen=True)
class Sparkline:
    """`path` is for the `d` of an SVG path, the dot is where the newest complete number is."""

    path: str
    dot_x: float
    dot_y: float


def sparkline(series: Series | None) -> Sparkline | None:
    """The latest complete numbers of a series as a line; None where there are fewer than two."""
    if series is None:
        return None
    rows = zip(series.values, series.complete, strict=True)
    values = [value for value, over in rows if over][-MOST_POINTS:]
    known = [value for value in values if value is not None]
    if len(known) < 2:
        return None
    low, high = min(known), max(known)
    step = (WIDTH - 2 * MARGIN) / max(len(values) - 1, 1)
    parts, pen_is_up = [], True
    x = y = 0.0
    for number, value in enumerate(values):
        if value is None:
            pen_is_up = True
            continue
        x = MARGIN + step * number
        part = (value - low) / (high - low) if high > low else 0.5
        y = HEIGHT - MARGIN - part * (HEIGHT - 2 * MARGIN)
        parts.append(f"{'M' if pen_is_up else 'L'}{x:.1f} {y:.1f}")
        pen_is_up = False
    return Sparkline("".join(parts), round(x, 1), round(y, 1))
