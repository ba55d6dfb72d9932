"""What other libraries answer to the questions that the macros answer."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import numpy as np
import pandas as pd
import tea_tasting as tt
from scipy import optimize, special, stats

from scripts.experiments import shapes
from scripts.experiments.queries import Row, Run
from scripts.experiments.shapes import Array

PAIR = ("treatment", "control")
METRICS = """{
    'mean': {'numerator': 'earnings'},
    'ratio': {'numerator': 'earnings', 'denominator': 'hours'},
}"""
STATISTICS = "statistics as ({{ sufficient_statistics('units', " + METRICS + ", by=draws) }})"
PROPORTION = "{'share': {'numerator': 'converted'}}"
QUERIES = {
    "normal_tail": "select {{ normal_tail('z') }} as tail from points",
    "normal_quantile": "select {{ normal_quantile('p') }} as z from points",
    "student_t_tail": "select {{ student_t_tail('t', 'v') }} as tail from points",
    "student_t_quantile_975": "select {{ student_t_quantile_975('v') }} as t from points",
    "chi_square_tail": "select {{ chi_square_tail('x', 'v') }} as tail from points",
    "ratio_comparison": """with {{ ratio_comparison('units', 'lift', by=draws) }}
        select * from ratio_comparison""",
    "sufficient_statistics": f"with {STATISTICS} select * from statistics order by metric, variant",
    "mean_difference": f"""with {STATISTICS}
        select * from ({{{{ mean_difference(
            'statistics', 'treatment', 'control', by=draws,
        ) }}}})""",
    "proportion_difference": f"""
        with statistics as ({{{{ sufficient_statistics('units', {PROPORTION}, by=draws) }}}})
        select * from ({{{{ proportion_difference(
            'statistics', 'treatment', 'control', by=draws,
        ) }}}})""",
    "sample_ratio_mismatch": """select * from ({{ sample_ratio_mismatch(
        'units', {'a': 0.5, 'b': 0.3, 'c': 0.2}, segments=['platform', 'country'],
    ) }}) order by dimension, member""",
    "detectable_difference": f"""with {STATISTICS},
        differences as ({{{{ mean_difference(
            'statistics', 'treatment', 'control', by=draws,
        ) }}}})
        select * from ({{{{ detectable_difference('differences', 600, by=draws) }}}})""",
    "holm_adjusted": """{{ holm_adjusted('tests', ['metric'], family=draws + ['family']) }}
        order by metric""",
    "cuped": """with units as ({{ cuped('raw_units', 'earnings', 'earlier_earnings', by=draws) }}),
        statistics as ({{ sufficient_statistics(
            'units', {'mean': {'numerator': 'adjusted'}}, by=draws,
        ) }})
        select * from ({{ mean_difference('statistics', 'treatment', 'control', by=draws) }})""",
    "linearised": """
        select *, {{ linearised('earnings', 'hours') }} as linearised from units""",
    "always_valid_difference": f"""with {STATISTICS},
        differences as ({{{{ mean_difference(
            'statistics', 'treatment', 'control', by=draws,
        ) }}}})
        select * from ({{{{ always_valid_difference('differences', 5000, by=draws) }}}})""",
    "effect_by_day": """
        with statistics as ({{ sufficient_statistics(
            'unit_days', {'mean': {'numerator': 'earnings'}}, by=draws + ['day_since_exposure'],
        ) }})
        select * from ({{ mean_difference(
            'statistics', 'treatment', 'control', by=draws + ['day_since_exposure'],
        ) }}) order by day_since_exposure""",
}


@dataclass(frozen=True)
class Agreement:
    """What a macro and a library answered to the same question, number by number."""

    found: Mapping[str, Any]
    expected: Mapping[str, Any]
    # Numbers as small as this are zero; below 1e-300 a double has no full precision left.
    zero: float = 1e-300

    @property
    def error(self) -> float:
        """The greatest relative error; infinite where only one of the two has no answer."""
        assert self.found.keys() == self.expected.keys()
        return max(
            _relative_error(self.found[name], self.expected[name], self.zero) for name in self.found
        )


Check = Callable[[Run, int], Agreement]

# A p-value is as exact as the tail of the distribution that it is.
TAIL = 1e-8
# A mean that is a million standard deviations from zero leaves as many digits less to what varies,
# and a p-value multiplies the error of its t.
FAR_MOMENTS, FAR_TAIL = 1e-8, 1e-6


@dataclass(frozen=True)
class Case:
    """A question to a macro and to a library, of one shape of data."""

    macro: str
    library: str
    shape: str
    check: Check
    bound: float = 1e-9
    is_random: bool = field(default=True)

    def __str__(self) -> str:
        """What is compared with what: `mean_difference, SciPy, heavy tails`."""
        return f"{self.macro}, {self.library}, {self.shape}"


def _relative_error(found: Any, expected: Any, zero: float) -> float:
    """The greatest relative error of an array; infinite where only one of the two is a number."""
    left, right = (np.atleast_1d(np.asarray(part, dtype=float)) for part in (found, expected))
    if left.shape != right.shape or (np.isnan(left) != np.isnan(right)).any():
        return float("inf")
    is_same = np.isnan(left) | (left == right) | (np.maximum(np.abs(left), np.abs(right)) <= zero)
    left, right = left[~is_same], right[~is_same]
    return float((np.abs(left - right) / np.maximum(np.abs(right), zero)).max(initial=0))


def column(rows: list[Row], name: str) -> Array:
    """One column of a result; null is not a number."""
    return np.array([row[name] for row in rows], dtype=float)


def pick(row: Row, names: Sequence[str] | Mapping[str, Any]) -> Row:
    """These columns of a row."""
    return {name: row[name] for name in names}


def flat(rows: Mapping[Any, Mapping[str, Any]]) -> Row:
    """The numbers of all rows, each by the name of its row and its own."""
    return {f"{key} {name}": value for key, row in rows.items() for name, value in row.items()}


def by_metric(rows: list[Row]) -> dict[str, Row]:
    """The rows of a result by their metric."""
    return {row["metric"]: row for row in rows}


def of_variants(frame: pd.DataFrame, name: str) -> tuple[pd.Series, pd.Series]:
    """One column of the treated and of the untreated units."""
    treatment, control = (frame.loc[frame["variant"] == variant, name] for variant in PAIR)
    return treatment, control


def welch(treatment: pd.Series, control: pd.Series, shift: float = 0, **options: Any) -> Any:
    """SciPy's Welch test; that of values which are all the same is one of no values."""
    if max(treatment.nunique(), control.nunique()) < 2:
        treatment = control = pd.Series(dtype=float)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return stats.ttest_ind(treatment + shift, control, equal_var=False, **options)


def interval_of(test: Any) -> tuple[float, float]:
    """SciPy's 95 % interval of a difference."""
    interval = test.confidence_interval()
    return interval.low, interval.high


def _distribution(name: str, result: str, expected: Array, **points: Array) -> Check:
    """A function of a distribution at many points."""

    def check(run: Run, seed: int) -> Agreement:
        found = column(run(name, points=points), result)
        return Agreement({result: found}, {result: expected})

    return check


def distributions() -> Iterator[Case]:
    """The functions that the tests rest on, from the middle to the far tails."""
    near, far = (
        np.linspace(0, 4, 1001),
        np.concatenate([np.linspace(4, 7.1, 900), np.linspace(7.1, 37, 500)]),
    )
    lower = np.geomspace(1e-300, 0.499, 2000)
    p = np.concatenate([lower, 1 - lower[lower > 1e-16], [0.5]])
    t, v = shapes.grid(
        np.concatenate([np.linspace(-8, 8, 65), np.geomspace(8, 1e4, 30)]), shapes.DEGREES
    )
    tails = np.concatenate([np.geomspace(1e-250, 0.5, 60), 1 - np.geomspace(1e-9, 0.5, 40)])
    q, w = shapes.grid(tails, shapes.DEGREES)
    x = stats.chi2.isf(q, w)
    quantile = special.stdtrit(shapes.DEGREES, 0.975)
    for macro, shape, bound, check in (
        (
            "normal_tail",
            "up to 4",
            1e-12,
            _distribution("normal_tail", "tail", stats.norm.sf(near), z=near),
        ),
        (
            "normal_tail",
            "4 to 37",
            1e-8,
            _distribution("normal_tail", "tail", stats.norm.sf(far), z=far),
        ),
        (
            "normal_quantile",
            "1e-300 to 1 - 1e-16",
            1e-12,
            _distribution("normal_quantile", "z", stats.norm.ppf(p), p=p),
        ),
        (
            "student_t_tail",
            "1 to 1e6 degrees",
            1e-8,
            _distribution("student_t_tail", "tail", stats.t.sf(t, v), t=t, v=v),
        ),
        (
            "student_t_quantile_975",
            "1 to 1e6 degrees",
            1e-9,
            _distribution("student_t_quantile_975", "t", quantile, v=shapes.DEGREES),
        ),
        (
            "chi_square_tail",
            "1 to 1e6 degrees",
            1e-8,
            _distribution("chi_square_tail", "tail", stats.chi2.sf(x, w), x=x, v=w),
        ),
    ):
        yield Case(macro, "SciPy", shape, check, bound, is_random=False)


def sums_of_numpy(shape: str, run: Run, seed: int) -> Agreement:
    """Sums, squares and cross products of each variant."""
    units = shapes.units(shape, seed)
    rows = {
        (row["variant"], row["metric"]): row for row in run("sufficient_statistics", units=units)
    }
    expected = {}
    for variant, metric in rows:
        group = units[units["variant"] == variant]
        numerator = group["earnings"].to_numpy()
        denominator = group["hours"].to_numpy() if metric == "ratio" else np.ones(len(group))
        moments = np.cov(numerator, denominator, ddof=0) * len(group)
        expected[variant, metric] = {
            "units": len(group),
            "numerator_sum": numerator.sum(),
            "denominator_sum": denominator.sum(),
            "numerator_squares": moments[0, 0],
            "denominator_squares": moments[1, 1],
            "cross_product": moments[0, 1],
        }
    found = {key: pick(rows[key], expected[key]) for key in rows}
    return Agreement(flat(found), flat(expected))


def means_of_scipy(shape: str, run: Run, seed: int) -> Agreement:
    """Welch's test; SciPy's not-a-number is our null."""
    units = shapes.units(shape, seed)
    treatment, control = of_variants(units, "earnings")
    oracle = welch(treatment, control)
    low, high = interval_of(oracle)
    expected = {
        "treatment_units": len(treatment),
        "control_units": len(control),
        "difference": treatment.mean() - control.mean(),
        "p_value": oracle.pvalue,
        "interval_low": low,
        "interval_high": high,
    }
    if shape in shapes.DEGENERATE or shape == "negative":
        expected |= {"lift_low": np.nan, "lift_high": np.nan}
    if shape not in shapes.DEGENERATE:
        expected |= {"degrees_of_freedom": oracle.df}
    found = by_metric(run("mean_difference", units=units))["mean"]
    # Sums of a tenth are not exact, nor is their difference.
    zero = 1e-15 if shape == "zero variance" else 1e-300
    return Agreement(pick(found, expected), expected, zero)


def means_of_tea_tasting(shape: str, run: Run, seed: int) -> Agreement:
    """Means and ratios of means, with their lifts."""
    units = shapes.units(shape, seed)
    oracle = tt.Experiment(
        mean=tt.Mean("earnings", use_t=True, equal_var=False),
        ratio=tt.RatioOfMeans("earnings", "hours", use_t=True, equal_var=False),
    ).analyze(units, control="control")
    expected = {metric: of_tea_tasting(oracle[metric]) for metric in ("mean", "ratio")}
    rows = by_metric(run("mean_difference", units=units))
    found = {metric: pick(rows[metric], expected[metric]) for metric in expected}
    return Agreement(flat(found), flat(expected))


def of_tea_tasting(oracle: Any) -> Row:
    """A result of tea-tasting by the names that mean_difference gives."""
    return {
        "treatment_value": oracle.treatment,
        "control_value": oracle.control,
        "difference": oracle.effect_size,
        "interval_low": oracle.effect_size_ci_lower,
        "interval_high": oracle.effect_size_ci_upper,
        "p_value": oracle.pvalue,
        "lift": oracle.rel_effect_size,
        "lift_low": oracle.rel_effect_size_ci_lower,
        "lift_high": oracle.rel_effect_size_ci_upper,
    }


def proportions_of_scipy(converted: tuple[int, int] | None, run: Run, seed: int) -> Agreement:
    """Pooled test, Newcombe's interval and Katz's; so many of 400 and 600 convert."""
    sizes = (400, 600)
    hits: Sequence[int] = converted or np.random.default_rng(seed).binomial(sizes, 0.1).tolist()
    table = [[hit, size - hit] for hit, size in zip(hits, sizes, strict=True)]
    units = {
        "variant": np.repeat(PAIR, sizes),
        "converted": np.concatenate([np.repeat([1, 0], row) for row in table]),
    }
    (found,) = run("proportion_difference", units=units)
    expected = proportions(table)
    return Agreement(pick(found, expected), expected)


def proportions(table: list[list[int]]) -> Row:
    """Two rows of successes and failures compared; not a number where SciPy has no answer."""
    sizes = [sum(row) for row in table]
    treatment, control = (row[0] / sum(row) if sum(row) else np.nan for row in table)
    expected: Row = {
        "difference": treatment - control,
        "lift": treatment / control - 1 if control else np.nan,
        **dict.fromkeys(
            ("interval_low", "interval_high", "p_value", "lift_low", "lift_high"), np.nan
        ),
    }
    if min(sizes) == 0:
        return expected
    wilson = [stats.binomtest(row[0], sum(row)).proportion_ci(method="wilson") for row in table]
    below = np.hypot(treatment - wilson[0].low, wilson[1].high - control)
    above = np.hypot(wilson[0].high - treatment, control - wilson[1].low)
    expected |= {
        "interval_low": treatment - control - below,
        "interval_high": treatment - control + above,
    }
    if 0 < table[0][0] + table[1][0] < sum(sizes):
        expected["p_value"] = stats.chi2_contingency(table, correction=False).pvalue
        # Where all succeed SciPy's interval of the lift has no width, as if nothing else could be.
        if min(table[0][0], table[1][0]) > 0:
            risk = stats.contingency.relative_risk(table[0][0], sizes[0], table[1][0], sizes[1])
            interval = risk.confidence_interval()
            expected |= {"lift_low": interval.low - 1, "lift_high": interval.high - 1}
    return expected


def splits_of_scipy(shape: str, run: Run, seed: int) -> Agreement:
    """The chi-square test overall and in each segment."""
    units = shapes.split_units(seed)
    if shape == "empty variant":
        units = units[units["variant"] != "c"]
    rows = {
        (row["dimension"], row["member"]): row for row in run("sample_ratio_mismatch", units=units)
    }
    expected = {}
    for dimension, member in rows:
        part = units if dimension == "all" else units[units[dimension] == member]
        counts = part["variant"].value_counts().reindex(["a", "b", "c"]).fillna(0).to_numpy()
        oracle = stats.chisquare(counts, np.array([0.5, 0.3, 0.2]) * counts.sum())
        alpha = 0.001 if dimension == "all" else 0.001 / 5
        expected[dimension, member] = {
            "units": counts.sum(),
            "chi_square": oracle.statistic,
            "p_value": oracle.pvalue,
            "alpha": alpha,
            "is_mismatch": oracle.pvalue < alpha,
        }
    assert len(rows) == 1 + 3 + 2
    found = {key: pick(rows[key], expected[key]) for key in rows}
    return Agreement(flat(found), flat(expected))


def planned_of_scipy(shape: str, run: Run, seed: int) -> Agreement:
    """The effect of which the noncentral t distribution says that 600 units find it in 80 %."""
    units = shapes.units(shape, seed)
    parts = of_variants(units, "earnings")
    expected = np.nan
    if min(len(part) for part in parts) > 1 and max(part.nunique() for part in parts) > 1:
        shares = [len(part) / len(units) for part in parts]
        variances = [
            part.var(ddof=1) / (600 * share) for part, share in zip(parts, shares, strict=True)
        ]
        expected = noncentrality(598) * np.sqrt(sum(variances))
    found = by_metric(run("detectable_difference", units=units))["mean"]
    return Agreement(pick(found, ["detectable_difference"]), {"detectable_difference": expected})


def noncentrality(degrees: float) -> float:
    """The true t at which a two-sided test at 5 % rejects in 80 % of all cases."""
    critical = stats.t.ppf(0.975, degrees)

    def surplus(true_t: float) -> float:
        tails = stats.nct.sf(critical, degrees, true_t) + stats.nct.cdf(-critical, degrees, true_t)
        return float(tails - 0.8)

    return float(optimize.brentq(surplus, 1, 10))


def holm_of_tea_tasting(run: Run, seed: int) -> Agreement:
    """Two families of p-values, two of which are the same."""
    p_values = np.random.default_rng(seed).beta(0.3, 1, 12)
    p_values[3] = p_values[1]
    families = np.repeat(["a", "b"], [5, 7])
    tests = {"family": families, "metric": np.arange(12), "p_value": p_values}
    found = column(run("holm_adjusted", tests=tests), "adjusted_p_value")
    expected = np.concatenate([holm(p_values[families == family]) for family in ("a", "b")])
    return Agreement({"adjusted_p_value": found}, {"adjusted_p_value": expected})


def holm(p_values: Array) -> Array:
    """Holm's adjustment by tea-tasting; a test without a p-value counts like one that is 1."""
    results = {str(test): {"pvalue": p} for test, p in enumerate(np.nan_to_num(p_values, nan=1.0))}
    adjusted: Array = (
        tt.adjust_fwer(
            tt.experiment.ExperimentResult(results), arbitrary_dependence=True, method="bonferroni"
        )
        .to_pandas()["pvalue_adj"]
        .to_numpy()
    )
    return np.where(np.isnan(p_values), np.nan, adjusted)


def cuped_of_tea_tasting(shape: str, run: Run, seed: int) -> Agreement:
    """Means adjusted by a covariate, one that is the same for all units among them."""
    units = shapes.units("random" if shape == "constant covariate" else shape, seed)
    if shape == "constant covariate":
        units["earlier_earnings"] = 7.0
    metric = tt.Mean("earnings", "earlier_earnings", use_t=True, equal_var=False)
    expected = of_tea_tasting(tt.Experiment(mean=metric).analyze(units, control="control")["mean"])
    (found,) = run("cuped", raw_units=units)
    return Agreement(pick(found, expected), expected)


def ratios_as_means_of_tea_tasting(shape: str, run: Run, seed: int) -> Agreement:
    """Linearised ratios, compared as means: the same as the ratios themselves."""
    units = shapes.units(shape, seed)
    oracle = tt.Experiment(
        ratio=tt.RatioOfMeans("earnings", "hours", use_t=True, equal_var=False)
    ).analyze(units, control="control")["ratio"]
    found = welch(*of_variants(pd.DataFrame(run("linearised", units=units)), "linearised"))
    low, high = interval_of(found)
    return Agreement(
        {"p_value": found.pvalue, "low": low, "high": high},
        {
            "p_value": oracle.pvalue,
            "low": oracle.effect_size_ci_lower,
            "high": oracle.effect_size_ci_upper,
        },
    )


def looks_of_numpy(shape: str, run: Run, seed: int) -> Agreement:
    """The interval of Waudby-Smith et al. (2024), theorem 2.2 and appendix B.2, their notation."""
    units = shapes.units(shape, seed)
    fixed = by_metric(run("mean_difference", units=units))
    rows = by_metric(run("always_valid_difference", units=units))
    expected = {}
    for metric, row in rows.items():
        if shape in shapes.DEGENERATE:
            expected[metric] = dict.fromkeys(("interval_low", "interval_high", "p_value"), np.nan)
            continue
        count = len(units)
        sigma = fixed[metric]["standard_error"] * np.sqrt(count)
        rho = np.sqrt((-2 * np.log(0.05) + np.log(-2 * np.log(0.05) + 1)) / 5000)
        inner = count * rho**2 + 1
        margin = sigma * np.sqrt(2 * inner / (count**2 * rho**2) * np.log(np.sqrt(inner) / 0.05))
        # The least alpha at which the interval leaves out zero.
        t = row["difference"] / fixed[metric]["standard_error"]
        expected[metric] = {
            "interval_low": row["difference"] - margin,
            "interval_high": row["difference"] + margin,
            "p_value": min(1, np.sqrt(inner) * np.exp(-(t**2) * (inner - 1) / inner / 2)),
        }
    found = {metric: pick(rows[metric], expected[metric]) for metric in rows}
    return Agreement(flat(found), flat(expected))


def days_of_scipy(run: Run, seed: int) -> Agreement:
    """Welch's test of each day since the exposure."""
    parts = [shapes.units("random", seed + day).assign(day_since_exposure=day) for day in range(3)]
    rows = run("effect_by_day", unit_days=pd.concat(parts))
    expected = np.array([welch(*of_variants(part, "earnings")).pvalue for part in parts])
    found = {"day": column(rows, "day_since_exposure"), "p_value": column(rows, "p_value")}
    return Agreement(found, {"day": np.arange(3.0), "p_value": expected})


def paired_lift_of_scipy(count: int, names: Sequence[str], run: Run, seed: int) -> Agreement:
    """Units in both groups: the multivariate delta method, and one sample of Student's."""
    units = shapes.paired_units(seed, in_both_groups=True, count=count)
    sums = np.column_stack([units[name] for name in shapes.SUMS])
    means = sums.mean(axis=0)
    lift = means[0] / means[1] / (means[2] / means[3]) - 1
    gradient = (1 + lift) * np.array([1, -1, -1, 1]) / means
    # Each unit's influence on the lift; their mean is zero.
    test = stats.ttest_1samp(lift + (sums - means) @ gradient, 0)
    return _lift_agreement(test, lift, names, run("ratio_comparison", units=units))


def separate_lift_of_scipy(count: int, names: Sequence[str], run: Run, seed: int) -> Agreement:
    """Units in one group each: Welch's test of their influences on the lift."""
    units = shapes.paired_units(seed, in_both_groups=False, count=count)
    values, ratios = [], []
    for group in PAIR:
        top, bottom = units[f"{group}_numerator"], units[f"{group}_denominator"]
        top, bottom = top[bottom > 0], bottom[bottom > 0]
        ratios.append(top.sum() / bottom.sum())
        values.append(ratios[-1] + (top - ratios[-1] * bottom) / bottom.mean())
    factor = ratios[0] / ratios[1]
    # The control's influence is as much greater as the treatment's ratio is.
    control = 1 + factor * (values[1] / ratios[1] - 1)
    test = stats.ttest_ind(values[0] / ratios[1], control, equal_var=False)
    return _lift_agreement(test, factor - 1, names, run("ratio_comparison", units=units))


def _lift_agreement(test: Any, lift: float, names: Sequence[str], rows: list[Row]) -> Agreement:
    (found,) = rows
    low, high = interval_of(test)
    # Not the ends of the interval: one of them may be next to zero.
    found["centre"] = (found["interval_low"] + found["interval_high"]) / 2
    found["half_width"] = (found["interval_high"] - found["interval_low"]) / 2
    expected = {
        "lift": lift,
        "centre": lift,
        "half_width": (high - low) / 2,
        "p_value": test.pvalue,
    }
    return Agreement(pick(found, names), pick(expected, names))


def lift_of_tea_tasting(run: Run, seed: int) -> Agreement:
    """Units in one group each; tea-tasting's interval is another, on the logarithm."""
    units = shapes.paired_units(seed, in_both_groups=False)
    expected = pick(paired_lift(units), ("treatment_value", "control_value", "lift"))
    (found,) = run("ratio_comparison", units=units)
    return Agreement(pick(found, expected), expected)


def paired_lift(units: Mapping[str, Array]) -> Row:
    """tea-tasting's comparison of sums of units that are in one group each."""
    frame = pd.DataFrame(
        {
            "variant": (units["treatment_denominator"] > 0).astype(int),
            "earnings": units["treatment_numerator"] + units["control_numerator"],
            "hours": units["treatment_denominator"] + units["control_denominator"],
        }
    )
    metric = tt.RatioOfMeans("earnings", "hours", use_t=False, equal_var=False)
    return of_tea_tasting(tt.Experiment(lift=metric).analyze(frame)["lift"])


def comparisons() -> Iterator[Case]:
    """The comparisons of variants, over data of every shape."""
    for shape in (*shapes.ORDINARY, "negative"):
        bound = FAR_MOMENTS if shape == "far from zero" else 1e-9
        yield Case("sufficient_statistics", "NumPy", shape, partial(sums_of_numpy, shape), bound)
    for shape in (*shapes.ORDINARY, "negative", *shapes.DEGENERATE):
        bound = FAR_TAIL if shape == "far from zero" else TAIL
        yield Case("mean_difference", "SciPy", shape, partial(means_of_scipy, shape), bound)
        check = partial(planned_of_scipy, shape)
        # The exact answer is another; 0.02 % away at this size.
        yield Case("detectable_difference", "SciPy", shape, check, bound=1e-3)
        yield Case("always_valid_difference", "NumPy", shape, partial(looks_of_numpy, shape))
    for shape in shapes.ORDINARY:
        bound = FAR_TAIL if shape == "far from zero" else TAIL
        tea_tasting = partial(means_of_tea_tasting, shape)
        yield Case("mean_difference", "tea-tasting", shape, tea_tasting, bound)
        check = partial(ratios_as_means_of_tea_tasting, shape)
        yield Case("linearised", "tea-tasting", shape, check)
    yield Case("mean_difference", "SciPy", "by day", days_of_scipy, TAIL)
    for shape in ("random", "small", "heavy tails", "constant covariate"):
        yield Case("cuped", "tea-tasting", shape, partial(cuped_of_tea_tasting, shape), TAIL)
    check = partial(proportions_of_scipy, None)
    yield Case("proportion_difference", "SciPy", "random", check, TAIL)
    for converted in ((30, 60), (0, 7), (0, 0), (400, 600), (400, 1), (1, 599)):
        shape = f"{converted[0]} of 400, {converted[1]} of 600"
        check = partial(proportions_of_scipy, converted)
        yield Case("proportion_difference", "SciPy", shape, check, TAIL, is_random=False)
    for shape in ("random", "empty variant"):
        yield Case("sample_ratio_mismatch", "SciPy", shape, partial(splits_of_scipy, shape), TAIL)
    yield Case("holm_adjusted", "tea-tasting", "random", holm_of_tea_tasting)
    for groups, lift in (
        ("both groups", paired_lift_of_scipy),
        ("one group", separate_lift_of_scipy),
    ):
        for count in (8, 200):
            for part, bound, names in (
                ("lift", 1e-9, ("lift", "centre", "half_width")),
                ("p-value", TAIL, ("p_value",)),
            ):
                check = partial(lift, count, names)
                yield Case(
                    "ratio_comparison", "SciPy", f"{count} in {groups}, {part}", check, bound
                )
    yield Case("ratio_comparison", "tea-tasting", "units in one group", lift_of_tea_tasting)
