"""Data of every shape that the macros must stand: ordinary, extreme, with nothing to compare."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Array = NDArray[np.float64]

ORDINARY = ("random", "small", "heavy tails", "far from zero", "zero variance in one variant")
DEGENERATE = ("zero variance", "all zeros", "empty variant", "one unit each", "one treated unit")
SUMS = ("treatment_numerator", "treatment_denominator", "control_numerator", "control_denominator")
# Degrees of freedom, whole and not.
DEGREES = np.concatenate([np.arange(1, 11), np.geomspace(1, 1e6, 100)])


def grid(*axes: Array) -> list[Array]:
    """All combinations of the values."""
    return [values.ravel() for values in np.meshgrid(*axes)]


def units(shape: str, seed: int) -> pd.DataFrame:
    """Units of two variants, of the named shape."""
    random = np.random.default_rng(seed)
    sizes = {"one unit each": (1, 1), "one treated unit": (1, 50), "small": (3, 5)}
    treated, untreated = sizes.get(shape, (400, 600))
    variant = np.repeat(["treatment", "control"], [treated, untreated])
    hours = random.gamma(2, 3, len(variant)) + 0.1
    earnings = hours * random.normal(20, 4, len(variant))
    if shape == "zero variance":
        earnings, hours = np.full(len(variant), 0.1), np.full(len(variant), 0.3)
    elif shape == "zero variance in one variant":
        earnings[variant == "control"] = 0.1
    elif shape == "numerator proportional to denominator":
        earnings = hours * 3
    elif shape == "all zeros":
        earnings = np.zeros(len(variant))
    elif shape == "heavy tails":
        earnings = random.pareto(1.1, len(variant))
    elif shape == "far from zero":
        earnings = 1e6 + random.normal(0, 1, len(variant)) + (variant == "treatment") / 4
    elif shape == "negative":
        earnings -= 500
    frame = pd.DataFrame({"variant": variant, "earnings": earnings, "hours": hours})
    frame["earlier_earnings"] = earnings + random.normal(0, 40, len(variant))
    frame["converted"] = (frame["earnings"] > frame["earnings"].quantile(0.8)).astype(int)
    return frame[frame["variant"] == "control"] if shape == "empty variant" else frame


def paired_units(seed: int, in_both_groups: bool, count: int = 200) -> dict[str, Array]:
    """Sums of units; each unit is in one group unless `in_both_groups`."""
    random = np.random.default_rng(seed)
    hours = random.gamma(2, 3, (count, 2)) + 0.1
    habit = random.normal(20, 4, count)
    earnings = hours * (habit[:, None] + np.array([2.0, 0.0]) + random.normal(0, 3, (count, 2)))
    if not in_both_groups:
        group = random.permutation(count) % 2 == 0
        hours *= np.column_stack([group, ~group])
        earnings *= np.column_stack([group, ~group])
    parts = (earnings[:, 0], hours[:, 0], earnings[:, 1], hours[:, 1])
    return dict(zip(SUMS, parts, strict=True))


def split_units(seed: int) -> pd.DataFrame:
    """Units in three variants and one undeclared; half of one platform's in variant a are lost."""
    random = np.random.default_rng(seed)
    frame = pd.DataFrame(
        {
            "variant": random.choice(
                ["a", "b", "c", "undeclared"], 3000, p=[0.45, 0.27, 0.18, 0.1]
            ),
            "platform": random.choice(["ios", "android", "web"], 3000),
            "country": random.choice(["PT", "ES"], 3000),
        }
    )
    return frame.drop(frame[(frame.variant == "a") & (frame.platform == "web")].index[::2])


def readout_units(shape: str, seed: int) -> pd.DataFrame:
    """Units of a control, two treatments and an undeclared variant, in oddly named columns."""
    random = np.random.default_rng(seed)
    count = {"one unit each": 3}.get(shape, 2000)
    variant = random.choice(
        ["now", "blue", "green", "undeclared"], count, p=[0.45, 0.25, 0.25, 0.05]
    )
    if shape == "one unit each":
        variant = np.array(["now", "blue", "green"])
    habit = random.gamma(2, 1, count)
    effect = pd.Series(variant).map({"blue": 0.3, "green": -0.1}).fillna(0).to_numpy()
    frame = pd.DataFrame(
        {
            "unit_id": np.arange(count),
            "variant": variant,
            "platform": random.choice(["ios", "web"], count),
            "value": habit * random.gamma(4, 0.25 * (1 + effect), count),
            "units": 1.0 + random.poisson(2 * habit),
            "covariate": habit * random.gamma(4, 0.25, count),
            "treatment": (random.random(count) < 0.4 + effect / 5).astype(int),
        }
    )
    frame["metric"] = random.binomial(frame["units"].astype(int), 0.3 + effect / 5).astype(float)
    if shape == "heavy tails":
        frame["value"] = random.pareto(1.1, count)
    elif shape == "zero variance":
        frame[["value", "units", "metric", "treatment"]] = [0.1, 3.0, 0.7, 1]
    elif shape == "all zeros":
        frame[["value", "units", "metric", "treatment"]] = 0.0
    return frame[frame["variant"] != "blue"] if shape == "empty variant" else frame
