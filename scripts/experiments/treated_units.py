"""Treated units compared with others, computed a second time with statsmodels and Polars."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import statsmodels.api as sm
from scipy import stats
from statsmodels.stats.multitest import multipletests

from scripts.experiments.oracles import TAIL, Agreement, Case, column, flat, pick
from scripts.experiments.queries import Row, Run
from scripts.experiments.shapes import Array

STRATA = ("zone", "hour")
# Windows of two hours, of which the first 20 minutes are washed out.
WINDOW_MINUTES, WASHOUT_MINUTES = 120, 20
SWITCHBACK: dict[str, Any] = {
    "id": "batching",
    "shares": {"batching": 1, "single": 1},
    "control": "single",
    "unit": "zone windows",
    "metrics": {
        "minutes": {
            "label": "minutes to deliver",
            "role": "primary",
            "kind": "ratio",
            "numerator": "minutes",
            "denominator": "orders",
            "good_direction": "down",
        }
    },
}


def switchback_query(rest: str, segments: Sequence[str] = ()) -> str:
    """A query over the units of a switchback, `all_units`, from assignments and orders."""
    return f"""
        {{%- set experiment = {SWITCHBACK!r} %}}
        with exposures as ({{{{ switchback_exposures(
            'assignments', {WINDOW_MINUTES}, {WASHOUT_MINUTES}, segments={list(segments)},
        ) }}}}),
        order_events as ({{{{ switchback_events('assignments', 'orders', {WINDOW_MINUTES}) }}}}),
        all_units as ({{{{ experiment_units(
            'exposures', 'order_events', {{'minutes': 'events.minutes', 'orders': '1'}},
            segments={list(segments)},
        ) }}}})
        {rest}"""


PAIR = "'treated', 'comparison'"
READOUT = """split as ({{ sample_ratio_mismatch('units', experiment.shares) }})
    select * from ({{ experiment_readout('units', 'split', experiment) }}) as readout"""
QUERIES = {
    "raw difference": f"{{{{ standardised_difference('units', 'outcome', {PAIR}, by=draws) }}}}",
    "standardised_difference": f"""{{{{ standardised_difference(
        'units', 'outcome', {PAIR}, strata={list(STRATA)}, by=draws,
    ) }}}}""",
    "clustered difference": f"""{{{{ standardised_difference(
        'units', 'outcome', {PAIR}, strata={list(STRATA)}, cluster='user_id', by=draws,
    ) }}}}""",
    "regression_on_strata": f"""{{{{ regression_on_strata(
        'units', 'outcome', {PAIR}, strata={list(STRATA)}, cluster='user_id', by=draws,
    ) }}}}""",
    "difference_in_differences": f"""{{{{ difference_in_differences(
        'units', 'earlier', 'outcome', {PAIR}, by=draws,
    ) }}}}""",
    "clustered difference in differences": f"""{{{{ difference_in_differences(
        'units', 'earlier', 'outcome', {PAIR}, strata={list(STRATA)}, cluster='user_id', by=draws,
    ) }}}}""",
    "event_study": f"""select * from ({{{{ event_study(
        'panel', 'minutes', 'week', {PAIR}, reference=-1, by=draws,
    ) }}}}) as study order by week""",
    "pre_trend_check": f"""with study as ({{{{ event_study(
            'panel', 'minutes', 'week', {PAIR}, reference=-1, by=draws,
        ) }}}})
        {{{{ pre_trend_check('study', by=draws) }}}}""",
    "zero_filled_panel": """select * from ({{ zero_filled_panel(
        'population', 'events', {'minutes': 'events.minutes', 'visits': '1'}, 'days',
        period_days=7, columns=['country'] + draws,
    ) }}) as panel order by unit_id, period_number""",
    "landmark_units": """select * from ({{ landmark_units(
        'population', 'events', 'events.minutes > 4', {'minutes': 'events.minutes', 'visits': '1'},
        landmark_day=6, first_day=7, last_day=27,
        observed_until='(select max(last_day) from days)', columns=['country'] + draws,
    ) }}) as units order by unit_id""",
    "switchback_units": switchback_query("select * from all_units order by unit_id"),
    "switchback": switchback_query(f", units as (select * from all_units), {READOUT}"),
}
ORDINARY = ("random", "small strata", "heavy tails", "far from zero", "unknown zone", "no overlap")


def units(shape: str, seed: int) -> pd.DataFrame:
    """Rows of users, of whom the treated are more where the outcome is greater anyway."""
    random = np.random.default_rng(seed)
    count = {"small strata": 150}.get(shape, 600)
    zone, hour = random.integers(0, 3, count), random.integers(0, 4, count)
    user = random.integers(0, count // 5, count)
    is_treated = random.random(count) < 0.2 + 0.1 * zone + 0.08 * hour
    level = 20 + 3 * zone + 2 * hour + random.normal(0, 2, count)[user]
    noise = random.pareto(1.1, count) if shape == "heavy tails" else random.normal(0, 4, count)
    frame = pd.DataFrame(
        {
            "variant": np.where(is_treated, "treated", "comparison"),
            "zone": np.array(["centre", "north", "south"], dtype=object)[zone],
            "hour": hour,
            "user_id": user,
            "earlier": level + random.normal(0, 3, count),
            "outcome": level + noise + is_treated,
        }
    )
    if shape == "far from zero":
        frame[["earlier", "outcome"]] += 1e5
    elif shape == "unknown zone":
        frame.loc[frame["zone"] == "south", "zone"] = None
    elif shape == "no overlap":
        frame = frame[~((frame["hour"] == 3) & (frame["variant"] == "comparison"))]
    # Of cells with one unit a regression knows no error.
    cells = frame.groupby([*STRATA, "variant"], dropna=False)["outcome"].transform("size")
    return frame[cells > 1].reset_index(drop=True)


def panel(seed: int) -> pd.DataFrame:
    """Minutes of each user in each of four weeks before a launch and three after it."""
    random = np.random.default_rng(seed)
    count, weeks = 300, np.arange(-4, 3)
    is_treated = random.random(count) < 0.4
    habit = random.gamma(2, 20, count) * (1 + is_treated)
    minutes = random.poisson(habit[:, None] * (1 + 0.02 * weeks)).astype(float)
    minutes += np.where(is_treated[:, None] & (weeks >= 0), 5.0, 0.0)
    return pd.DataFrame(
        {
            "unit_id": np.repeat(np.arange(count), len(weeks)),
            "variant": np.repeat(np.where(is_treated, "treated", "comparison"), len(weeks)),
            "week": np.tile(weeks, count),
            "minutes": minutes.ravel(),
        }
    )


def log(seed: int) -> dict[str, pd.DataFrame]:
    """Users who came and went, their visits, and a window of 30 days that is observed."""
    random = np.random.default_rng(seed)
    count, start = 60, pd.Timestamp(2026, 1, 1)
    started = start + pd.to_timedelta(random.integers(0, 80 * 24 * 60, count), unit="min")
    ended = started + pd.to_timedelta(random.integers(0, 30, count), unit="D")
    visits = random.integers(0, 15, count)
    of = np.repeat(np.arange(count), visits)
    after = pd.to_timedelta(random.integers(0, 60 * 24 * 60, len(of)), unit="min")
    return {
        "population": pd.DataFrame(
            {
                "unit_id": 1_000 * seed + np.arange(count),
                "entered_at": started,
                "started_at": started,
                "ended_at": ended.where(random.random(count) < 0.4).astype("datetime64[us]"),
                "country": random.choice(["PT", "ES"], count),
            }
        ),
        "events": pd.DataFrame(
            {
                "unit_id": 1_000 * seed + of,
                "event_at": started[of] + after,
                "minutes": random.integers(1, 9, len(of)).astype(float),
            }
        ),
        "days": pd.DataFrame(
            {"first_day": [pd.Timestamp(2026, 2, 1)], "last_day": [pd.Timestamp(2026, 3, 2)]}
        ).apply(lambda day: day.dt.date),
    }


def switchback(seed: int, days: int = 8, effect: float = 0.0) -> dict[str, pd.DataFrame]:
    """Windows of four zones with a variant each, and orders that share their window's delay."""
    random = np.random.default_rng(seed)
    starts = pd.Timestamp(2026, 1, 5) + pd.to_timedelta(np.arange(days * 12) * 2, unit="h")
    zones = np.repeat(np.arange(4), len(starts))
    count = len(zones)
    assignments = pd.DataFrame(
        {
            "zone_id": zones,
            "window_start": np.tile(starts, 4),
            "variant": random.choice(["batching", "single"], count),
        }
    )
    of = np.repeat(np.arange(count), random.poisson(8, count))
    is_batching = (assignments["variant"] == "batching").to_numpy()
    delay = 4 * random.normal(0, 1, count) + 2 * zones + effect * is_batching
    # Seconds beyond the last window's end, too: these orders are of no window.
    into = random.integers(0, 60 * WINDOW_MINUTES, len(of)) + 60 * (of % 97 == 0)
    orders = pd.DataFrame(
        {
            "zone_id": zones[of],
            "event_at": assignments["window_start"].to_numpy()[of]
            + pd.to_timedelta(into, unit="s"),
            "minutes": 30 + delay[of] + random.normal(0, 9, len(of)),
        }
    )
    return {"assignments": assignments, "orders": orders}


def saturated(frame: pd.DataFrame, strata: tuple[str, ...], with_baseline: bool) -> Row:
    """Estimates, and what a regression on a dummy for each stratum and variant needs for errors."""
    names = frame[list(strata)].fillna("unknown").astype(str) if strata else None
    frame = frame.assign(
        stratum="all" if names is None else names.agg(" ".join, axis=1),
        is_treated=frame["variant"] == "treated",
        baseline=frame["earlier"] if with_baseline else 0.0,
    )
    frame["change"] = frame["outcome"] - frame["baseline"]
    sizes = frame.groupby(["stratum", "is_treated"]).size().unstack(fill_value=0)
    compared = sizes[(sizes > 0).all(axis=1)]
    weights = compared[True] / compared[True].sum()
    kept = frame[frame["stratum"].isin(compared.index)]
    means = kept.groupby(["stratum", "is_treated"])[["change", "baseline"]].mean().unstack()
    change, baseline = means["change"], means["baseline"]
    counterfactual = float((weights * (baseline[True] + change[False])).sum())
    difference = float((weights * (change[True] - change[False])).sum())
    cells = pd.get_dummies(
        kept["stratum"] + kept["is_treated"].map({True: " 1", False: " 0"}), dtype=float
    )
    sign = np.where(cells.columns.str.endswith(" 1"), 1, -1)
    return {
        "kept": kept,
        "cells": cells,
        "contrast": sign * weights.loc[cells.columns.str[:-2]].to_numpy(),
        "treated_units": int(compared[True].sum()),
        "comparison_units": int(compared[False].sum()),
        "strata": len(compared),
        "overlap": compared[True].sum() / sizes[True].sum(),
        "treated_value": counterfactual + difference,
        "counterfactual": counterfactual,
        "difference": difference,
        "lift": difference / counterfactual,
    }


def satterthwaite(values: pd.Series, cells: pd.DataFrame, contrast: Array) -> float:
    """Degrees of freedom of a weighted sum of cells' means."""
    groups = values.groupby(cells.to_numpy().argmax(axis=1))
    parts = contrast**2 * (groups.var(ddof=1) / groups.size()).to_numpy()
    return float(parts.sum() ** 2 / (parts**2 / (groups.size().to_numpy() - 1)).sum())


def expected_difference(
    frame: pd.DataFrame,
    strata: tuple[str, ...] = (),
    cluster: str | None = None,
    with_baseline: bool = False,
) -> Row:
    """All numbers of standardised_difference by statsmodels, of cells with two units at least."""
    found = saturated(frame, strata, with_baseline)
    kept, cells, contrast = found.pop("kept"), found.pop("cells"), found.pop("contrast")
    change, lift = kept["change"], found["lift"]
    # To first order the lift is a difference of means of these.
    linearised = np.where(kept["is_treated"], change - lift * kept["baseline"], (1 + lift) * change)
    errors = {}
    for name, values in (
        ("difference", change),
        ("lift", pd.Series(linearised, index=kept.index) / found["counterfactual"]),
    ):
        model = sm.OLS(values, cells)
        if cluster:
            fit = model.fit(cov_type="cluster", cov_kwds={"groups": kept[cluster]}, use_t=True)
            freedom = kept[cluster].nunique() - 1
        else:
            fit = model.fit(cov_type="HC2")
            freedom = satterthwaite(values, cells, contrast)
        errors[name] = (float(fit.t_test(contrast).sd.item()), freedom)
    error, freedom = errors["difference"]
    half_width = stats.t.ppf(0.975, freedom) * error
    lift_half_width = stats.t.ppf(0.975, errors["lift"][1]) * errors["lift"][0]
    return found | {
        "standard_error": error,
        "degrees_of_freedom": freedom,
        "half_width": half_width,
        "lift_half_width": lift_half_width,
        "p_value": 2 * stats.t.sf(abs(found["difference"]) / error, freedom),
    }


def with_half_widths(row: Row) -> Row:
    """A row with half the width of its intervals, since an end of one may be next to zero."""
    return row | {
        "half_width": (row["interval_high"] - row["interval_low"]) / 2,
        "lift_half_width": (row["lift_high"] - row["lift_low"]) / 2,
    }


def _difference(query: str, shape: str, run: Run, seed: int) -> Agreement:
    frame = units(shape, seed)
    expected = expected_difference(
        frame,
        strata=() if query in ("raw difference", "difference_in_differences") else STRATA,
        cluster="user_id" if query.startswith("clustered") else None,
        with_baseline="in_differences" in query.replace(" ", "_"),
    )
    (row,) = run(query, units=frame)
    return Agreement(pick(with_half_widths(row), expected), expected)


def _regression(shape: str, run: Run, seed: int) -> Agreement:
    """The outcome's regression on treated and a dummy for each stratum, clustered by user."""
    frame = units(shape, seed)
    dummies = pd.get_dummies(
        frame[list(STRATA)].fillna("unknown").astype(str).agg(" ".join, axis=1), dtype=float
    )
    design = dummies.assign(treated=(frame["variant"] == "treated").astype(float))
    fit = sm.OLS(frame["outcome"], design).fit(
        cov_type="cluster", cov_kwds={"groups": frame["user_id"]}, use_t=True
    )
    low, high = fit.conf_int().loc["treated"]
    expected = {
        "units": len(frame),
        "clusters": frame["user_id"].nunique(),
        "strata": dummies.shape[1],
        "difference": fit.params["treated"],
        "standard_error": fit.bse["treated"],
        "half_width": (high - low) / 2,
        "p_value": fit.pvalues["treated"],
    }
    (row,) = run("regression_on_strata", units=frame)
    half_width = (row["interval_high"] - row["interval_low"]) / 2
    return Agreement(pick(row | {"half_width": half_width}, expected), expected)


def _two_rows_per_user(run: Run, seed: int) -> Agreement:
    """The regression on treated, after and both, clustered by user, of groups of the same size."""
    frame = units("random", seed)
    size = frame["variant"].value_counts().min()
    frame = frame.groupby("variant").head(size).reset_index(drop=True)
    (row,) = run("difference_in_differences", units=frame)
    is_treated = np.tile((frame["variant"] == "treated").to_numpy(dtype=float), 2)
    is_after = np.repeat([0.0, 1.0], len(frame))
    design = np.column_stack([np.ones_like(is_after), is_treated, is_after, is_treated * is_after])
    fit = sm.OLS(np.concatenate([frame["earlier"], frame["outcome"]]), design).fit(
        cov_type="cluster",
        cov_kwds={"groups": np.tile(np.arange(len(frame)), 2), "use_correction": False},
    )
    # Each group has lost a degree of freedom to its own mean.
    error = fit.bse[3] * np.sqrt(size / (size - 1))
    expected = {"difference": fit.params[3], "standard_error": error}
    return Agreement(pick(row, expected), expected)


def _event_study(run: Run, seed: int) -> Agreement:
    frame = panel(seed)
    rows = {row["week"]: row for row in run("event_study", panel=frame)}
    wide = frame.pivot(index=["unit_id", "variant"], columns="week", values="minutes").reset_index()
    expected = {}
    names = ("difference", "standard_error", "degrees_of_freedom", "lift", "half_width", "p_value")
    for week in (-4, -3, -2, 0, 1, 2):
        changes = wide.assign(earlier=wide[-1], outcome=wide[week])
        expected[week] = pick(expected_difference(changes, with_baseline=True), names)
    for phase in ((-4, -3, -2), (0, 1, 2)):
        adjusted = multipletests([expected[week]["p_value"] for week in phase], method="holm")[1]
        for week, p_value in zip(phase, adjusted, strict=True):
            expected[week]["adjusted_p_value"] = p_value
    assert rows.keys() == expected.keys() | {-1}
    found = {week: pick(with_half_widths(rows[week]), expected[week]) for week in expected}
    return Agreement(flat(found), flat(expected))


def _panel(run: Run, seed: int) -> Agreement:
    """Every unit of the population in each of four whole weeks."""
    relations = log(seed)
    population, events = (pl.from_pandas(relations[name]) for name in ("population", "events"))
    first = pl.Series([relations["days"]["first_day"][0]]).cast(pl.Date)[0]
    known = population.filter(pl.col("entered_at").dt.date() < first)
    weeks = pl.DataFrame({"period_number": range(4)}, schema={"period_number": pl.Int64})
    week = ((pl.col("event_at").dt.date() - first).dt.total_days() // 7).alias("period_number")
    sums = (
        events.with_columns(week)
        .group_by("unit_id", "period_number")
        .agg(pl.col("minutes").sum(), pl.len().cast(pl.Float64).alias("visits"))
    )
    expected = (
        known.join(weeks, how="cross")
        .join(sums, on=["unit_id", "period_number"], how="left")
        .with_columns(pl.col("minutes", "visits").fill_null(0))
        .sort("unit_id", "period_number")
    )
    rows = run("zero_filled_panel", **relations)
    names = ("unit_id", "period_number", "minutes", "visits")
    assert {row["country"] for row in rows} == {"PT", "ES"}
    return Agreement(
        {name: column(rows, name) for name in names},
        {name: expected[name].to_numpy().astype(float) for name in names},
    )


def _landmark(run: Run, seed: int) -> Agreement:
    """State, group and outcome of every unit."""
    relations = log(seed)
    population, events = (pl.from_pandas(relations[name]) for name in ("population", "events"))
    last = pl.Series([relations["days"]["last_day"][0]]).cast(pl.Date)[0]
    start = pl.col("started_at").dt.date()
    day = (pl.col("event_at").dt.date() - start).dt.total_days()
    of_units = events.join(population, on="unit_id").with_columns(day.alias("day"))
    early = of_units.filter((pl.col("day") <= 6) & (pl.col("minutes") > 4))["unit_id"].unique()
    outcome = (
        of_units.filter(pl.col("day").is_between(7, 27))
        .group_by("unit_id")
        .agg(pl.col("minutes").sum(), pl.len().cast(pl.Float64).alias("visits"))
    )
    has_ended = ((pl.col("ended_at").dt.date() - start).dt.total_days() <= 6).fill_null(False)
    is_open = (last - start).dt.total_days() < 27
    state = pl.when(has_ended).then(0).when(is_open).then(1).otherwise(2)
    is_compared = pl.col("state") == 2
    expected = (
        population.with_columns(state.alias("state"))
        .join(outcome, on="unit_id", how="left")
        .with_columns(
            pl.when(is_compared).then(pl.col(name).fill_null(0)).alias(name)
            for name in ("minutes", "visits")
        )
        .with_columns(
            pl.when(is_compared).then(pl.col("unit_id").is_in(early.implode())).alias("is_treated")
        )
        .sort("unit_id")
    )
    rows = run("landmark_units", **relations)
    states = [("ended", "pending", "compared").index(row["landmark_state"]) for row in rows]
    treated = {"treated": 1.0, "comparison": 0.0, None: np.nan}
    found = {name: column(rows, name) for name in ("unit_id", "minutes", "visits")}
    found |= {
        "state": np.array(states, dtype=float),
        "is_treated": np.array([treated[row["variant"]] for row in rows]),
    }
    return Agreement(found, {name: expected[name].cast(pl.Float64).to_numpy() for name in found})


def counted_orders(relations: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """The orders of a switchback that count, each with the variant of its window."""
    assignments, orders = relations["assignments"], relations["orders"]
    length = pd.Timedelta(minutes=WINDOW_MINUTES)
    start = orders["event_at"].dt.floor(length)
    orders = orders.assign(window_start=start, into=orders["event_at"] - start)
    kept = orders[orders["into"] >= pd.Timedelta(minutes=WASHOUT_MINUTES)]
    merged = kept.merge(assignments, on=["zone_id", "window_start"])
    return merged.assign(unit=merged.groupby(["zone_id", "window_start"]).ngroup())


def _switchback(run: Run, seed: int) -> Agreement:
    """The order's regression on a constant in each group, clustered by zone-window."""
    relations = switchback(seed, effect=2.0)
    orders = counted_orders(relations)
    estimates, parts = [], []
    for variant in ("batching", "single"):
        group = orders[orders["variant"] == variant]
        fit = sm.OLS(group["minutes"], np.ones(len(group))).fit(
            cov_type="cluster", cov_kwds={"groups": group["unit"]}
        )
        estimates.append(fit.params.iloc[0])
        # Windows without an order are units, too; to the error they add their number alone.
        total = (relations["assignments"]["variant"] == variant).sum()
        seen = group["unit"].nunique()
        factor = total / (total - 1) / (seen / (seen - 1))
        parts.append((fit.bse.iloc[0] ** 2 * factor, total - 1))
    error = np.sqrt(sum(variance for variance, _ in parts))
    freedom = error**4 / sum(variance**2 / free for variance, free in parts)
    difference = estimates[0] - estimates[1]
    expected = {
        "difference": difference,
        "lift": difference / estimates[1],
        "p_value": 2 * stats.t.sf(abs(difference) / error, freedom),
        "estimate": estimates[0],
    }
    rows = {row["variant"]: row for row in run("switchback", **relations)}
    return Agreement(pick(rows["batching"], expected), expected)


def cases() -> Iterator[Case]:
    """The comparisons, over data of several shapes."""
    for query, macro, shapes in (
        ("raw difference", "standardised_difference", ("random", "heavy tails", "far from zero")),
        ("standardised_difference", "standardised_difference", ORDINARY),
        ("clustered difference", "standardised_difference", ORDINARY),
        ("difference_in_differences", "difference_in_differences", ORDINARY[:4]),
        ("clustered difference in differences", "difference_in_differences", ORDINARY),
    ):
        for shape in shapes:
            check = partial(_difference, query, shape)
            # Doubles of 100,000 have lost five digits of what varies.
            bound = 1e-8 if shape == "far from zero" else 1e-9
            yield Case(macro, "statsmodels", f"{query}, {shape}", check, bound)
    for shape in ORDINARY:
        # As above, and the p-value multiplies the error of its t.
        bound = 1e-7 if shape == "far from zero" else TAIL
        yield Case("regression_on_strata", "statsmodels", shape, partial(_regression, shape), bound)
    yield Case(
        "difference_in_differences", "statsmodels", "two rows per user", _two_rows_per_user, 1e-9
    )
    yield Case("event_study", "statsmodels", "weeks", _event_study, TAIL)
    yield Case("zero_filled_panel", "Polars", "weeks", _panel, 0)
    yield Case("landmark_units", "Polars", "users who came and went", _landmark, 0)
    yield Case("switchback", "statsmodels", "zone-windows", _switchback, TAIL)
