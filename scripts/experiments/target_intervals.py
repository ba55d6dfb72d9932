"""The intervals that judge targets, against SciPy and statsmodels."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import numpy as np
import pandas as pd
import statsmodels.api as sm
from scipy import stats
from statsmodels.stats import proportion, rates
from statsmodels.stats.multitest import multipletests

from scripts.experiments import interval_simulation, oracles, shapes
from scripts.experiments.oracles import Agreement, Case, Check, column, pick
from scripts.experiments.queries import Row, Run

# Discrete counts cannot be held in exactly 95 % of all cases: those of Garwood are in more.
COUNTS = np.concatenate([np.arange(200), np.geomspace(200, 1e9, 200).round()])
QUERIES = {
    "wilson_bound": """select
        points.*,
        {{ wilson_bound('share', 'count', 'low') }} as low,
        {{ wilson_bound('share', 'count', 'high') }} as high
        from points""",
    "poisson_bound": """select
        points.*,
        {{ poisson_bound('count', 'low') }} as low, {{ poisson_bound('count', 'high') }} as high
        from points""",
    "poisson_p_value": """
        select points.*, {{ poisson_p_value('count', 'expected') }} as p_value from points""",
    "differences": """with {{ ratio_comparison('units', 'difference', by=draws + ['cell']) }}
        select * from ratio_comparison order by cell""",
} | {
    f"worst member, {kind}": f"""{{{{ observe(full_target(
        {interval_simulation.TARGETS[f"worst of 12 {kind}"]}, {interval_simulation.METRIC}, 'mart',
    ), 'metric_values') }}}}"""
    for kind in ("shares", "rates")
}


def shares_of_statsmodels(run: Run, seed: int) -> Agreement:
    """Wilson's interval where none, some and all are events."""
    random = np.random.default_rng(seed)
    counts = np.geomspace(1, 1e6, 60).round()
    hits = np.concatenate([random.binomial(counts.astype(int), 0.02), 0 * counts, counts])
    counts = np.tile(counts, 3)
    points = {"share": hits / counts, "count": counts}
    low, high = proportion.proportion_confint(hits, counts, method="wilson")
    rows = run("wilson_bound", points=points)
    found = {name: column(rows, name) for name in ("low", "high")}
    # Nothing of many has a lower bound of zero, but for rounding.
    return Agreement(found, {"low": low, "high": high}, zero=1e-15)


def counts_of_scipy(run: Run, seed: int) -> Agreement:
    """Garwood's interval is of quantiles of chi-square distributions."""
    rows = run("poisson_bound", points={"count": COUNTS})
    found = {name: column(rows, name) for name in ("low", "high")}
    low = np.where(COUNTS > 0, stats.chi2.ppf(0.025, 2 * np.maximum(COUNTS, 0.5)) / 2, 0)
    return Agreement(found, {"low": low, "high": stats.chi2.ppf(0.975, 2 * COUNTS + 2) / 2})


def counts_of_statsmodels(run: Run, seed: int) -> Agreement:
    """The same at random counts, and the exact test at expectations near and far."""
    random = np.random.default_rng(seed)
    expected = random.uniform(0.5, 400, 300)
    counts = random.poisson(expected * random.uniform(0.7, 1.4, 300)).astype(float)
    low, high = rates.confint_poisson(counts, 1, method="exact-c")
    few, many = stats.poisson.cdf(counts, expected), stats.poisson.sf(counts - 1, expected)
    rows = run("poisson_bound", points={"count": counts})
    tests = run("poisson_p_value", points={"count": counts, "expected": expected})
    found = {name: column(rows, name) for name in ("low", "high")}
    return Agreement(
        found | {"p_value": column(tests, "p_value")},
        {
            "low": np.where(counts > 0, low, 0),
            "high": high,
            "p_value": np.minimum(1, 2 * np.minimum(few, many)),
        },
        # A tail that is one less the other is exact to the digits of one.
        zero=1e-6,
    )


def differences_of_scipy(count: int, names: tuple[str, ...], run: Run, seed: int) -> Agreement:
    """Units in one group each, of one denominator: Welch's test, cell by cell."""
    units = pd.concat(
        [
            pd.DataFrame(shapes.paired_units(seed + cell, in_both_groups=False, count=count))
            for cell in range(3)
        ]
    )
    for group in oracles.PAIR:
        is_in = units[f"{group}_denominator"] > 0
        units[f"{group}_denominator"] = is_in.astype(float)
    units["cell"] = np.repeat(["a", "b", "c"], count)
    expected = {}
    for cell, part in units.groupby("cell"):
        groups = [
            part.loc[part[f"{group}_denominator"] > 0, f"{group}_numerator"]
            for group in oracles.PAIR
        ]
        expected[cell] = of_test(
            groups[0].mean() - groups[1].mean(), stats.ttest_ind(*groups, equal_var=False)
        )
    return _differences(run, units, expected, names)


def differences_of_statsmodels(
    count: int, names: tuple[str, ...], run: Run, seed: int
) -> Agreement:
    """Units in both groups: a regression weighted by the denominators, errors clustered by unit."""
    units = pd.DataFrame(shapes.paired_units(seed, in_both_groups=True, count=count))
    units["cell"] = "a"
    tops, bottoms = (
        np.concatenate([units[f"{group}_{part}"] for group in oracles.PAIR])
        for part in ("numerator", "denominator")
    )
    treated = np.repeat([1.0, 0.0], count)
    fitted = sm.WLS(tops / bottoms, sm.add_constant(treated), weights=bottoms).fit(
        cov_type="cluster",
        cov_kwds={"groups": np.tile(np.arange(count), 2), "use_correction": False},
    )
    error = fitted.bse[1] * np.sqrt(count / (count - 1))
    half_width = stats.t.ppf(0.975, count - 1) * error
    expected = {
        "difference": fitted.params[1],
        "centre": fitted.params[1],
        "half_width": half_width,
        "p_value": 2 * stats.t.sf(abs(fitted.params[1]) / error, count - 1),
    }
    return _differences(run, units, {"a": expected}, names)


def of_test(difference: float, test: Any) -> Row:
    """The numbers of one of SciPy's t tests."""
    low, high = oracles.interval_of(test)
    return {
        "difference": difference,
        "centre": difference,
        "half_width": (high - low) / 2,
        "p_value": test.pvalue,
    }


def _differences(
    run: Run, units: pd.DataFrame, expected: dict[str, Row], names: tuple[str, ...]
) -> Agreement:
    found = {}
    for row in run("differences", units=units):
        # Not the ends of the interval: one of them may be next to zero.
        row["centre"] = (row["interval_low"] + row["interval_high"]) / 2
        row["half_width"] = (row["interval_high"] - row["interval_low"]) / 2
        found[row["cell"]] = oracles.pick(row, names)
    wanted = {cell: oracles.pick(row, names) for cell, row in expected.items()}
    return Agreement(oracles.flat(found), oracles.flat(wanted))


def worst_of_statsmodels(kind: str, run: Run, seed: int) -> Agreement:
    """Cells about a threshold of 5 %: the worst beyond chance by Holm, or else the worst of all."""
    random = np.random.default_rng(seed)
    counts = random.integers(60, 900, 12)
    hits = random.binomial(counts, random.uniform(0.02, 0.05 + 0.01 * (seed % 4), 12))
    cells = pd.DataFrame({"numerator": hits.astype(float), "denominator": counts.astype(float)})
    rows = cells.assign(
        metric_id="m",
        statistic="value",
        period_grain="day",
        dimension="city",
        member=interval_simulation.CELLS,
        period_start=interval_simulation.DAY,
        value=hits / counts,
        is_complete=True,
    )
    (found,) = run(f"worst member, {kind}", metric_values=rows)
    judged = rows[rows["denominator"] * 0.05 >= 5].reset_index(drop=True)
    tests = [
        rates.test_poisson(row.numerator, 1, value=0.05 * row.denominator, method="exact-c").pvalue
        for row in judged.itertuples()
    ]
    judged["p_value"] = multipletests(tests, method="holm")[1]
    misses = judged[(judged["value"] >= 0.05) & (judged["p_value"] < 0.05)]
    candidates = misses if len(misses) else judged
    worst = candidates.sort_values(["value", "member"], ascending=[False, True]).iloc[0]
    events, count = worst["numerator"], worst["denominator"]
    interval = (
        proportion.proportion_confint(events, count, method="wilson")
        if kind == "shares"
        else rates.confint_poisson(events, count, method="exact-c")
    )
    expected = {
        "observed": worst["value"],
        "interval_low": interval[0],
        "interval_high": interval[1],
        "p_value": worst["p_value"],
        "is_worse_beyond_chance": float(len(misses) > 0),
    }
    return Agreement(
        pick(found, expected) | {"member": found["worst_member"] == worst["member"]},
        expected | {"member": True},
        # As for the p-values of counts.
        zero=1e-6,
    )


def cases() -> Iterator[Case]:
    """Bounds and tests of rates, and absolute differences of ratios."""
    yield Case("wilson_bound", "statsmodels", "none, some and all", shares_of_statsmodels, 1e-9)
    yield Case("poisson_bound", "SciPy", "0 to 1e9", counts_of_scipy, 1e-9, is_random=False)
    yield Case("poisson_bound", "statsmodels", "random", counts_of_statsmodels, oracles.TAIL)
    for kind in ("shares", "rates"):
        compared: Check = partial(worst_of_statsmodels, kind)
        yield Case("observe_worst_member", "statsmodels", f"12 {kind}", compared, oracles.TAIL)
    checks: tuple[tuple[str, str, Callable[..., Agreement]], ...] = (
        ("statsmodels", "both groups", differences_of_statsmodels),
        ("SciPy", "one group", differences_of_scipy),
    )
    for library, groups, check in checks:
        for count in (8, 200):
            for part, bound, names in (
                ("difference", 1e-9, ("difference", "centre", "half_width")),
                ("p-value", oracles.TAIL, ("p_value",)),
            ):
                compared = partial(check, count, names)
                shape = f"difference, {count} in {groups}, {part}"
                yield Case("ratio_comparison", library, shape, compared, bound)
