"""The numbers of a readout, computed a second time with SciPy, tea-tasting and NumPy."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

import numpy as np
import pandas as pd
import tea_tasting as tt
from scipy import stats

from scripts.experiments import oracles, shapes
from scripts.experiments.oracles import Agreement, Case
from scripts.experiments.queries import Row, Run
from scripts.experiments.shapes import Array

Declaration = dict[str, Any]

# Every kind in every role, over columns whose names the macros use themselves.
EVERY_KIND: Declaration = {
    "id": "every_kind",
    "shares": {"now": 2, "blue": 1, "green": 1},
    "control": "now",
    "planned_units": 3000,
    "metrics": {
        "amount": {
            "label": "amount spent",
            "role": "primary",
            "kind": "mean",
            "numerator": "value",
            "good_direction": "down",
        },
        "rate": {
            "label": "success rate",
            "role": "primary",
            "kind": "ratio",
            "numerator": "metric",
            "denominator": "units",
            "good_direction": "up",
        },
        "share": {
            "label": "conversion",
            "role": "primary",
            "kind": "proportion",
            "numerator": "treatment",
            "good_direction": "up",
        },
        "adjusted_amount": {
            "label": "amount spent, given the past",
            "role": "secondary",
            "kind": "mean",
            "numerator": "value",
            "covariate": "covariate",
            "good_direction": "up",
        },
        "adjusted_rate": {
            "label": "success rate, given the past",
            "role": "secondary",
            "kind": "ratio",
            "numerator": "metric",
            "denominator": "units",
            "covariate": "covariate",
            "good_direction": "down",
        },
        "safe_amount": {
            "label": "spending",
            "role": "guardrail",
            "kind": "mean",
            "numerator": "value",
            "good_direction": "down",
            "margin": 0.5,
        },
        "safe_rate": {
            "label": "success",
            "role": "guardrail",
            "kind": "ratio",
            "numerator": "metric",
            "denominator": "units",
            "covariate": "covariate",
            "good_direction": "up",
            "margin": 0.1,
        },
        "safe_share": {
            "label": "converted users",
            "role": "guardrail",
            "kind": "proportion",
            "numerator": "treatment",
            "good_direction": "up",
            "margin": 0.15,
        },
    },
}


def readout_query(declaration: Declaration, window: str | None = None) -> str:
    """The readout of an experiment over the relation units, split by the segment platform."""
    return f"""
        {{%- set experiment = {declaration!r} %}}
        with split as ({{{{ sample_ratio_mismatch('units', experiment.shares, ['platform']) }}}})
        select * from ({{{{ experiment_readout('units', 'split', experiment, {window!r}) }}}})"""


QUERIES = {"experiment_readout": readout_query(EVERY_KIND)}


def read_out(run: Run, units: pd.DataFrame) -> dict[tuple[str, str], Row]:
    """The readout of EVERY_KIND by metric and variant."""
    rows = run("experiment_readout", units=units)
    return {(row["metric"], row["variant"]): row for row in rows}


def expected_readout(declaration: Declaration, units: pd.DataFrame) -> dict[tuple[str, str], Row]:
    """The numbers of every metric and variant, with those that only the words need."""
    control = declaration["control"]
    rows: dict[tuple[str, str], Row] = {}
    for name, metric in declaration["metrics"].items():
        for variant in declaration["shares"]:
            group = units[units["variant"] == variant]
            rows[name, variant] = {"units": len(group), "estimate": _estimate(metric, group)}
            if variant != control:
                pair = units[units["variant"].isin([variant, control])]
                pair = pair.assign(variant=np.where(pair["variant"] == control, *PAIR))
                rows[name, variant] |= _comparison(metric, pair, declaration["planned_units"])
    for role in ("primary", "secondary", "guardrail"):
        tests = [
            key
            for key, row in rows.items()
            if declaration["metrics"][key[0]]["role"] == role and "p_value" in row
        ]
        adjusted = oracles.holm(np.array([rows[key]["p_value"] for key in tests]))
        for key, p_value in zip(tests, adjusted, strict=True):
            rows[key]["adjusted_p_value"] = p_value
    return rows


PAIR = ("control", "treatment")
NUMBERS = (
    "difference",
    "interval_low",
    "interval_high",
    "p_value",
    "lift",
    "lift_low",
    "lift_high",
)


def _estimate(metric: Row, group: pd.DataFrame) -> float:
    total = group[metric["denominator"]].sum() if "denominator" in metric else len(group)
    return float(group[metric["numerator"]].sum() / total) if total else np.nan


def _comparison(metric: Row, pair: pd.DataFrame, planned_units: int) -> Row:
    plain = {name: setting for name, setting in metric.items() if name != "covariate"}
    treatment, control = _unit_values(metric, pair)
    error, _ = _welch(treatment, control)
    found = _numbers(metric, pair)
    count = len(pair)
    inner = 1 + count / planned_units * (-2 * np.log(0.05) + np.log(1 - 2 * np.log(0.05)))
    with np.errstate(all="ignore"):
        t = found["difference"] / error if error > 0 else np.nan
        p_value = np.sqrt(inner) * np.exp(-(t**2) * (inner - 1) / inner / 2)
    mean = control.mean() if len(control) else np.nan
    found_in_80_percent = stats.t.ppf(0.975, planned_units - 2) + stats.norm.ppf(0.8)
    return found | {
        "unadjusted_lift": _numbers(plain, pair)["lift"],
        "always_valid_p_value": p_value if np.isnan(p_value) else min(1, p_value),
        "detectable_lift": found_in_80_percent * error * np.sqrt(count / planned_units) / abs(mean),
        "control_value": mean,
    }


def _numbers(metric: Row, pair: pd.DataFrame) -> Row:
    """The comparison by a library, or by NumPy where none has it or nothing can be said."""
    treatment, control = _unit_values(metric, pair)
    error, _ = _welch(treatment, control)
    numerator, denominator = metric["numerator"], metric.get("denominator")
    if metric["kind"] == "proportion":
        hits = [pair.loc[pair["variant"] == group, numerator] for group in reversed(PAIR)]
        return oracles.proportions([[int(h.sum()), int(len(h) - h.sum())] for h in hits])
    if not error > 0 or (denominator and "covariate" in metric):
        return _numpy_numbers(treatment, control)
    how = {"use_t": True, "equal_var": False}
    oracle = (
        tt.RatioOfMeans(numerator, denominator, **how)
        if denominator
        else tt.Mean(numerator, metric.get("covariate"), **how)
    )
    result = oracles.of_tea_tasting(
        tt.Experiment(metric=oracle).analyze(pair, control="control")["metric"]
    )
    return {name: result[name] for name in NUMBERS}


def _unit_values(metric: Row, pair: pd.DataFrame) -> tuple[Array, Array]:
    """A value of each unit whose mean is the metric, less what the past explains."""
    value = pair[metric["numerator"]].astype(float)
    if "denominator" in metric:
        parts = pd.DataFrame({"top": value, "bottom": pair[metric["denominator"]].astype(float)})
        means = parts.groupby(pair["variant"]).transform("mean")
        ratio = means["top"] / means["bottom"].replace(0, np.nan)
        value = (parts["top"] - ratio * parts["bottom"]) / means["bottom"] + ratio
    if "covariate" in metric:
        past = pair[metric["covariate"]]
        theta = np.polyfit(past - past.mean(), value, 1)[0] if value.notna().all() else np.nan
        value -= theta * (past - past.mean())
    control, treatment = (value[pair["variant"] == group].to_numpy() for group in PAIR)
    return treatment, control


def _welch(treatment: Array, control: Array) -> tuple[float, float]:
    """Standard error and degrees of freedom; not a number where nothing can be said."""
    if min(len(treatment), len(control)) < 2:
        return np.nan, np.nan
    # Values that differ by rounding do not differ.
    if not max(np.ptp(group) - 1e-12 * abs(group.mean()) for group in (treatment, control)) > 0:
        return np.nan, np.nan
    parts = [group.var(ddof=1) / len(group) for group in (treatment, control)]
    degrees = sum(parts) ** 2 / (
        parts[0] ** 2 / (len(treatment) - 1) + parts[1] ** 2 / (len(control) - 1)
    )
    return float(np.sqrt(sum(parts))), float(degrees)


def _numpy_numbers(treatment: Array, control: Array) -> Row:
    """Welch's test of the values, and of their logarithms' means to first order."""
    means = [group.mean() if len(group) else np.nan for group in (treatment, control)]
    error, degrees = _welch(treatment, control)
    difference = means[0] - means[1]
    lift = means[0] / means[1] if means[1] else np.nan
    factor = np.nan
    if error > 0 and min(means) > 0:
        relative, freedom = _welch(treatment / means[0], control / means[1])
        factor = np.exp(stats.t.ppf(0.975, freedom) * relative)
    half_width = stats.t.ppf(0.975, degrees) * error
    return {
        "difference": difference,
        "interval_low": difference - half_width,
        "interval_high": difference + half_width,
        "p_value": 2 * stats.t.sf(abs(difference) / error, degrees),
        "lift": lift - 1,
        "lift_low": lift / factor - 1,
        "lift_high": lift * factor - 1,
    }


def _agreement(shape: str, run: Run, seed: int) -> Agreement:
    """Every number of the readout of units of a shape."""
    units = shapes.readout_units(shape, seed)
    rows = read_out(run, units)
    published = {"interval_low": "difference_low", "interval_high": "difference_high"}
    declared = units[units["variant"] != "undeclared"]
    counts = declared["variant"].value_counts().reindex(list(EVERY_KIND["shares"])).fillna(0)
    planned = np.array([0.5, 0.25, 0.25]) * len(declared)
    split = stats.chisquare(counts.to_numpy(), planned).pvalue
    is_broken = any("Do not read" in (row["decision"] or "") for row in rows.values())
    expected = {}
    for key, row in expected_readout(EVERY_KIND, units).items():
        shown = {
            published.get(name, name): np.nan
            if is_broken and name not in ("units", "estimate")
            else number
            for name, number in row.items()
            if name != "control_value"
        }
        expected[key] = shown | {"sample_ratio_p_value": split}
    assert rows.keys() == expected.keys()
    found = {key: oracles.pick(rows[key], expected[key]) for key in rows}
    # Sums of a tenth are not exact, nor are their differences.
    zero = 1e-12 if shape in ("one unit each", "zero variance") else 1e-300
    return Agreement(oracles.flat(found), oracles.flat(expected), zero)


def cases() -> Iterator[Case]:
    """The readout over units of several shapes."""
    for shape in (
        "random",
        "heavy tails",
        "empty variant",
        "one unit each",
        "zero variance",
        "all zeros",
    ):
        library = "SciPy, tea-tasting, NumPy"
        yield Case("experiment_readout", library, shape, partial(_agreement, shape), oracles.TAIL)
