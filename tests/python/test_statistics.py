"""The statistics macros against SciPy, NumPy and tea-tasting."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import duckdb
import numpy as np
import pandas as pd
import pytest
import tea_tasting as tt
from numpy.typing import NDArray
from scipy import special, stats

from tests.python.builds import render

Frame = dict[str, Any]
Row = dict[str, Any]
SUMS = (
    "treatment_numerator",
    "treatment_denominator",
    "control_numerator",
    "control_denominator",
)
METRICS = """{
    'mean': {'numerator': 'earnings'},
    'ratio': {'numerator': 'earnings', 'denominator': 'hours'},
}"""
STATISTICS = "statistics as ({{ sufficient_statistics('units', " + METRICS + ") }})"
PROPORTION = "{'share': {'numerator': 'converted'}}"
QUERIES = {
    "normal_tail": "select {{ normal_tail('z') }} as tail from points",
    "normal_quantile": "select {{ normal_quantile('p') }} as z from points",
    "student_t_tail": "select {{ student_t_tail('t', 'v') }} as tail from points",
    "student_t_quantile_975": "select {{ student_t_quantile_975('v') }} as t from points",
    "chi_square_tail": "select {{ chi_square_tail('x', 'v') }} as tail from points",
    "ratio_lift": "with {{ ratio_lift('units') }} select * from ratio_lift",
    "experiment_units": """{{ experiment_units(
        'exposures', 'events',
        values={'earnings': 'events.amount', 'orders': '1'},
        covariates={'earlier_earnings': 'events.amount'},
        segments=['platform'],
    ) }} order by unit_id""",
    "experiment_dropped_units": "{{ experiment_dropped_units('exposures') }}",
    "sufficient_statistics": f"with {STATISTICS} select * from statistics order by metric, variant",
    "mean_difference": f"""with {STATISTICS}
        select * from ({{{{ mean_difference('statistics', 'treatment', 'control') }}}})""",
    "proportion_difference": f"""
        with statistics as ({{{{ sufficient_statistics('units', {PROPORTION}) }}}})
        select * from ({{{{ proportion_difference('statistics', 'treatment', 'control') }}}})""",
    "sample_ratio_mismatch": """select * from ({{ sample_ratio_mismatch(
        'units', {'a': 0.5, 'b': 0.3, 'c': 0.2}, segments=['platform', 'country'],
    ) }})""",
    "non_inferiority": f"""with {STATISTICS},
        differences as ({{{{ mean_difference('statistics', 'treatment', 'control') }}}})
        select * from ({{{{ non_inferiority('differences', {{
            'mean': {{'margin': '5', 'higher_is_better': true}},
            'ratio': {{'margin': '0.02 * control_value', 'higher_is_better': false}},
        }}) }}}}) order by metric""",
    "holm_adjusted": """{{ holm_adjusted('tests', ['metric'], family=['family']) }}
        order by metric""",
    "cuped": """with units as ({{ cuped('raw_units', 'earnings', 'earlier_earnings') }}),
        statistics as ({{ sufficient_statistics('units', {'mean': {'numerator': 'adjusted'}}) }})
        select * from ({{ mean_difference('statistics', 'treatment', 'control') }})""",
    "always_valid_difference": f"""with {STATISTICS},
        differences as ({{{{ mean_difference('statistics', 'treatment', 'control') }}}})
        select * from ({{{{ always_valid_difference('differences', 5000) }}}})""",
    "experiment_unit_days": """select * from ({{ experiment_unit_days(
        'exposures', 'events', {'earnings': 'events.amount'}, 3, "timestamp '2024-01-08 00:00:00'",
    ) }}) order by unit_id, day_since_exposure""",
    "effect_by_day": """
        with statistics as ({{ sufficient_statistics(
            'unit_days', {'mean': {'numerator': 'earnings'}}, by=['day_since_exposure'],
        ) }})
        select * from ({{ mean_difference(
            'statistics', 'treatment', 'control', by=['day_since_exposure'],
        ) }})""",
    "quantile_difference": """select * from ({{ quantile_difference(
        'observations', 'seconds', 0.9, 'treatment', 'control',
    ) }})""",
}


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., list[Row]]:
    """Runs one of QUERIES over the relations it is given; dbt compiles all of them at once."""
    separator = "\n-- next query\n"
    compiled = render(tmp_path_factory.mktemp("statistics"), separator.join(QUERIES.values()))
    rendered = dict(zip(QUERIES, compiled.split(separator), strict=True))

    def run_query(name: str, **relations: Frame) -> list[Row]:
        with duckdb.connect() as connection:
            for relation, columns in relations.items():
                connection.register(relation, pd.DataFrame(columns))
            result = connection.execute(rendered[name])
            names = [column[0] for column in result.description]
            return [dict(zip(names, row, strict=True)) for row in result.fetchall()]

    return run_query


def column(rows: list[Row], name: str) -> NDArray[np.float64]:
    """One column of a result; null is not a number."""
    return np.array([row[name] for row in rows], dtype=float)


def relative_error(found: NDArray[np.float64], oracle: NDArray[np.float64]) -> float:
    """The greatest relative error; below 1e-300 a double has no full precision left."""
    exact = oracle > 1e-300
    assert (found[~exact] <= 1e-300).all()
    return float(np.abs(found[exact] / oracle[exact] - 1).max())


def grid(*axes: NDArray[np.float64]) -> list[NDArray[np.float64]]:
    """All combinations of the values."""
    return [values.ravel() for values in np.meshgrid(*axes)]


def random_units(seed: int, in_both_groups: bool) -> Frame:
    """Sums of 200 units; each unit is in one group unless `in_both_groups`."""
    random = np.random.default_rng(seed)
    count = 200
    hours = random.gamma(2, 3, (count, 2)) + 0.1
    habit = random.normal(20, 4, count)
    earnings = hours * (habit[:, None] + np.array([2.0, 0.0]) + random.normal(0, 3, (count, 2)))
    if not in_both_groups:
        group = random.permutation(count) % 2 == 0
        hours *= np.column_stack([group, ~group])
        earnings *= np.column_stack([group, ~group])
    parts = (earnings[:, 0], hours[:, 0], earnings[:, 1], hours[:, 1])
    return dict(zip(SUMS, parts, strict=True))


DEGREES = np.concatenate([np.arange(1, 11), np.geomspace(1, 1e6, 100)])


def test_normal_tail_agrees_with_scipy(run: Callable[..., list[Row]]) -> None:
    z = np.concatenate([np.linspace(0, 7.07, 2001), np.linspace(7.08, 37, 500)])
    tail = column(run("normal_tail", points={"z": z}), "tail")
    assert relative_error(tail[z <= 4], stats.norm.sf(z[z <= 4])) < 1e-12
    assert relative_error(tail, stats.norm.sf(z)) < 1e-8


def test_normal_quantile_agrees_with_scipy(run: Callable[..., list[Row]]) -> None:
    lower = np.geomspace(1e-300, 0.499, 2000)
    p = np.concatenate([lower, 1 - lower[lower > 1e-16]])
    z = column(run("normal_quantile", points={"p": p}), "z")
    assert np.abs(z / stats.norm.ppf(p) - 1).max() < 1e-12
    assert column(run("normal_quantile", points={"p": [0.5]}), "z") == [0]
    assert np.isnan(column(run("normal_quantile", points={"p": [0.0, 1.0, None]}), "z")).all()


def test_student_t_tail_agrees_with_scipy(run: Callable[..., list[Row]]) -> None:
    t, v = grid(np.concatenate([np.linspace(-8, 8, 65), np.geomspace(8, 1e4, 30)]), DEGREES)
    tail = column(run("student_t_tail", points={"t": t, "v": v}), "tail")
    assert relative_error(tail, stats.t.sf(t, v)) < 1e-8
    nulls = run("student_t_tail", points={"t": [None, 1.0], "v": [1.0, None]})
    assert np.isnan(column(nulls, "tail")).all()


def test_student_t_quantile_agrees_with_scipy(run: Callable[..., list[Row]]) -> None:
    t = column(run("student_t_quantile_975", points={"v": DEGREES}), "t")
    assert np.abs(t / special.stdtrit(DEGREES, 0.975) - 1).max() < 1e-9


def test_chi_square_tail_agrees_with_scipy(run: Callable[..., list[Row]]) -> None:
    tails = np.concatenate([np.geomspace(1e-250, 0.5, 60), 1 - np.geomspace(1e-9, 0.5, 40)])
    tails, v = grid(tails, DEGREES)
    x = stats.chi2.isf(tails, v)
    tail = column(run("chi_square_tail", points={"x": x, "v": v}), "tail")
    assert relative_error(tail, stats.chi2.sf(x, v)) < 1e-8
    assert column(run("chi_square_tail", points={"x": [0.0], "v": [1.0]}), "tail") == [1]
    nulls = run("chi_square_tail", points={"x": [None, 1.0], "v": [1.0, None]})
    assert np.isnan(column(nulls, "tail")).all()


@pytest.mark.parametrize("seed", range(5))
def test_lift_of_units_in_both_groups_agrees_with_the_multivariate_delta_method(
    run: Callable[..., list[Row]], seed: int
) -> None:
    units = random_units(seed, in_both_groups=True)
    sums = np.column_stack([units[name] for name in SUMS])
    count, means = len(sums), sums.mean(axis=0)
    lift = means[0] / means[1] / (means[2] / means[3]) - 1
    gradient = (1 + lift) * np.array([1, -1, -1, 1]) / means
    error = np.sqrt(gradient @ np.cov(sums.T) @ gradient / count)

    (found,) = run("ratio_lift", units=units)

    half_width = stats.norm.ppf(0.975) * error
    assert found["lift"] == pytest.approx(lift, rel=1e-9)
    assert found["interval_low"] == pytest.approx(lift - half_width, rel=1e-9)
    assert found["interval_high"] == pytest.approx(lift + half_width, rel=1e-9)
    assert found["p_value"] == pytest.approx(2 * stats.norm.sf(abs(lift) / error), rel=1e-6)


def test_lift_of_separate_groups_agrees_with_tea_tasting(
    run: Callable[..., list[Row]],
) -> None:
    units = random_units(7, in_both_groups=False)
    is_treatment = units["treatment_denominator"] > 0
    frame = pd.DataFrame(
        {
            "variant": is_treatment.astype(int),
            "earnings": units["treatment_numerator"] + units["control_numerator"],
            "hours": units["treatment_denominator"] + units["control_denominator"],
        }
    )
    experiment = tt.Experiment(
        lift=tt.RatioOfMeans("earnings", "hours", use_t=False, equal_var=False)
    )
    oracle = experiment.analyze(frame)["lift"]

    (found,) = run("ratio_lift", units=units)

    assert found["treatment_value"] == pytest.approx(oracle.treatment, rel=1e-9)
    assert found["control_value"] == pytest.approx(oracle.control, rel=1e-9)
    assert found["lift"] == pytest.approx(oracle.rel_effect_size, rel=1e-9)
    # tea-tasting builds its interval on the logarithm, where it is not symmetric about the lift.
    width = oracle.rel_effect_size_ci_upper - oracle.rel_effect_size_ci_lower
    assert found["interval_high"] - found["interval_low"] == pytest.approx(width, rel=0.02)


def test_lift_is_null_without_a_control_group(
    run: Callable[..., list[Row]],
) -> None:
    units = random_units(1, in_both_groups=True)
    units["control_denominator"] = np.zeros_like(units["control_denominator"])
    (found,) = run("ratio_lift", units=units)
    assert found["lift"] is None or np.isnan(found["lift"])
    assert found["p_value"] is None or np.isnan(found["p_value"])


def experiment(name: str) -> pd.DataFrame:
    """Units of two variants, of the named shape."""
    random = np.random.default_rng(11)
    sizes = {"one unit each": (1, 1), "one treated unit": (1, 50), "small": (3, 5)}
    treated, untreated = sizes.get(name, (400, 600))
    variant = np.repeat(["treatment", "control"], [treated, untreated])
    hours = random.gamma(2, 3, len(variant)) + 0.1
    earnings = hours * random.normal(20, 4, len(variant))
    if name == "zero variance":
        earnings, hours = np.full(len(variant), 0.1), np.full(len(variant), 0.3)
    elif name == "zero variance in one variant":
        earnings[variant == "control"] = 0.1
    elif name == "numerator proportional to denominator":
        earnings = hours * 3
    elif name == "all zeros":
        earnings = np.zeros(len(variant))
    elif name == "heavy tails":
        earnings = random.pareto(1.1, len(variant))
    elif name == "far from zero":
        earnings = 1e7 + random.normal(0, 1, len(variant))
    elif name == "negative":
        earnings -= 500
    frame = pd.DataFrame({"variant": variant, "earnings": earnings, "hours": hours})
    frame["converted"] = (frame["earnings"] > frame["earnings"].quantile(0.8)).astype(int)
    return frame[frame["variant"] == "control"] if name == "empty variant" else frame


ORDINARY = ["random", "small", "heavy tails", "far from zero", "zero variance in one variant"]
DEGENERATE = [
    "zero variance",
    "all zeros",
    "empty variant",
    "one unit each",
    "one treated unit",
]


@pytest.mark.parametrize("shape", [*ORDINARY, "negative"])
@pytest.mark.filterwarnings("ignore:Precision loss")
def test_mean_difference_agrees_with_scipy(run: Callable[..., list[Row]], shape: str) -> None:
    units = experiment(shape)
    treatment, control = (
        units.loc[units["variant"] == variant, "earnings"] for variant in ("treatment", "control")
    )
    oracle = stats.ttest_ind(treatment, control, equal_var=False)
    interval = oracle.confidence_interval()

    found = {row["metric"]: row for row in run("mean_difference", units=units)}["mean"]

    assert found["treatment_units"] == len(treatment)
    assert found["difference"] == pytest.approx(treatment.mean() - control.mean(), rel=1e-6)
    assert found["degrees_of_freedom"] == pytest.approx(oracle.df, rel=1e-6)
    assert found["p_value"] == pytest.approx(oracle.pvalue, rel=1e-6)
    assert found["interval_low"] == pytest.approx(interval.low, rel=1e-6)
    assert found["interval_high"] == pytest.approx(interval.high, rel=1e-6)
    if shape == "negative":
        assert found["lift_low"] is found["lift_high"] is None


@pytest.mark.parametrize("shape", ORDINARY)
@pytest.mark.parametrize("metric", ["mean", "ratio"])
def test_mean_difference_agrees_with_tea_tasting(
    run: Callable[..., list[Row]], metric: str, shape: str
) -> None:
    units = experiment(shape)
    oracle = tt.Experiment(
        mean=tt.Mean("earnings", use_t=True, equal_var=False),
        ratio=tt.RatioOfMeans("earnings", "hours", use_t=True, equal_var=False),
    ).analyze(units, control="control")[metric]

    found = {row["metric"]: row for row in run("mean_difference", units=units)}[metric]

    names = {
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
    assert {name: found[name] for name in names} == pytest.approx(names, rel=1e-6)


@pytest.mark.parametrize("shape", DEGENERATE)
def test_mean_difference_is_null_where_nothing_can_be_said(
    run: Callable[..., list[Row]], shape: str
) -> None:
    rows = {row["metric"]: row for row in run("mean_difference", units=experiment(shape))}
    found = rows["mean"]
    assert found["interval_low"] is found["interval_high"] is found["p_value"] is None
    assert found["lift_low"] is found["lift_high"] is None
    assert (found["difference"] is None) == (shape == "empty variant")


def test_ratio_without_residuals_has_no_p_value(run: Callable[..., list[Row]]) -> None:
    units = experiment("numerator proportional to denominator")
    found = {row["metric"]: row for row in run("mean_difference", units=units)}["ratio"]
    assert found["treatment_value"] == pytest.approx(3)
    assert (found["standard_error"], found["p_value"]) == (0, None)


@pytest.mark.parametrize("converted", [(30, 60), (0, 7), (0, 0), (400, 600), (400, 1), (1, 599)])
def test_proportion_difference_agrees_with_scipy(
    run: Callable[..., list[Row]], converted: tuple[int, int]
) -> None:
    sizes = (400, 600)
    table = [[hits, size - hits] for hits, size in zip(converted, sizes, strict=True)]
    units = {
        "variant": np.repeat(["treatment", "control"], sizes),
        "converted": np.concatenate([np.repeat([1, 0], row) for row in table]),
    }
    treatment, control = (hits / size for hits, size in zip(converted, sizes, strict=True))
    wilson = [
        stats.binomtest(hits, size).proportion_ci(method="wilson")
        for hits, size in zip(converted, sizes, strict=True)
    ]

    (found,) = run("proportion_difference", units=units)

    difference = treatment - control
    below = np.hypot(treatment - wilson[0].low, wilson[1].high - control)
    above = np.hypot(wilson[0].high - treatment, control - wilson[1].low)
    assert found["difference"] == pytest.approx(difference, rel=1e-6)
    assert found["interval_low"] == pytest.approx(difference - below, rel=1e-6)
    assert found["interval_high"] == pytest.approx(difference + above, rel=1e-6)
    if 0 < sum(converted) < sum(sizes):
        p_value = stats.chi2_contingency(table, correction=False).pvalue
        assert found["p_value"] == pytest.approx(p_value, rel=1e-6)
    else:
        assert found["p_value"] is None
    if min(converted) > 0:
        risk = stats.contingency.relative_risk(converted[0], sizes[0], converted[1], sizes[1])
        interval = risk.confidence_interval()
        assert found["lift_low"] == pytest.approx(interval.low - 1, rel=1e-6)
        assert found["lift_high"] == pytest.approx(interval.high - 1, rel=1e-6)
    else:
        assert found["lift_low"] is None


def test_sufficient_statistics_agree_with_numpy(run: Callable[..., list[Row]]) -> None:
    units = experiment("far from zero")
    for row in run("sufficient_statistics", units=units):
        group = units[units["variant"] == row["variant"]]
        numerator = group["earnings"].to_numpy()
        denominator = group["hours"].to_numpy() if row["metric"] == "ratio" else np.ones(len(group))
        moments = np.cov(numerator, denominator, ddof=0) * len(group)
        oracle = {
            "units": len(group),
            "numerator_sum": numerator.sum(),
            "denominator_sum": denominator.sum(),
            "numerator_squares": moments[0, 0],
            "denominator_squares": moments[1, 1],
            "cross_product": moments[0, 1],
        }
        assert {name: row[name] for name in oracle} == pytest.approx(oracle, rel=1e-6)


def test_units_have_their_first_exposure_and_events_from_then_on(
    run: Callable[..., list[Row]],
) -> None:
    def day(number: int) -> pd.Timestamp:
        return pd.Timestamp(2024, 1, number)

    exposures = pd.DataFrame(
        [
            ("exposed twice", "control", day(5), "ios"),
            ("exposed twice", "control", day(3), "web"),
            ("in both", "control", day(3), "web"),
            ("in both", "treatment", day(4), "web"),
            ("without events", "treatment", day(3), "web"),
        ],
        columns=["unit_id", "variant", "exposed_at", "platform"],
    )
    events = pd.DataFrame(
        [
            ("exposed twice", day(2), 1.0),
            ("exposed twice", day(3), 2.0),
            ("exposed twice", day(4), 4.0),
            ("in both", day(6), 8.0),
            ("never exposed", day(6), 16.0),
        ],
        columns=["unit_id", "event_at", "amount"],
    )
    rows = run("experiment_units", exposures=exposures, events=events)
    assert [tuple(row.values()) for row in rows] == [
        ("exposed twice", "control", day(3), "web", 6, 2, 1),
        ("without events", "treatment", day(3), "web", 0, 0, 0),
    ]
    (dropped,) = run("experiment_dropped_units", exposures=exposures)
    assert dropped == {"units_exposed": 3, "units_dropped": 1}


def test_sample_ratio_mismatch_agrees_with_scipy(run: Callable[..., list[Row]]) -> None:
    random = np.random.default_rng(5)
    units = pd.DataFrame(
        {
            "variant": random.choice(
                ["a", "b", "c", "undeclared"], 3000, p=[0.45, 0.27, 0.18, 0.1]
            ),
            "platform": random.choice(["ios", "android", "web"], 3000),
            "country": random.choice(["PT", "ES"], 3000),
        }
    )
    # Half of one platform's users in one variant are lost.
    units = units.drop(units[(units.variant == "a") & (units.platform == "web")].index[::2])
    declared = units[units["variant"] != "else"]

    rows = run("sample_ratio_mismatch", units=units)

    assert len(rows) == 1 + 3 + 2
    for row in rows:
        everyone = row["dimension"] == "all"
        part = declared if everyone else declared[declared[row["dimension"]] == row["member"]]
        counts = part["variant"].value_counts().reindex(["a", "b", "c"]).to_numpy()
        oracle = stats.chisquare(counts, np.array([0.5, 0.3, 0.2]) * counts.sum())
        assert row["units"] == counts.sum()
        assert row["chi_square"] == pytest.approx(oracle.statistic, rel=1e-6)
        assert row["p_value"] == pytest.approx(oracle.pvalue, rel=1e-6)
        assert row["alpha"] == pytest.approx(0.001 if everyone else 0.001 / 5)
        assert row["is_mismatch"] == (row["p_value"] < row["alpha"])
    mismatched = {row["member"] for row in rows if row["is_mismatch"]}
    assert {"all", "web"} <= mismatched
    assert mismatched.isdisjoint({"ios", "android"})


def test_sample_ratio_mismatch_sees_a_variant_without_units(
    run: Callable[..., list[Row]],
) -> None:
    units = pd.DataFrame({"variant": ["a", "b"] * 40, "platform": "web", "country": "PT"})
    rows = run("sample_ratio_mismatch", units=units)
    oracle = stats.chisquare([40, 40, 0], [40, 24, 16])
    assert column(rows, "p_value") == pytest.approx([oracle.pvalue] * 3, rel=1e-6)
    assert run("sample_ratio_mismatch", units=units[:0])[0]["p_value"] is None


def test_non_inferiority_agrees_with_a_shifted_test_of_scipy(
    run: Callable[..., list[Row]],
) -> None:
    units = experiment("random")
    treatment, control = (
        units.loc[units["variant"] == variant, "earnings"] for variant in ("treatment", "control")
    )
    oracle = stats.ttest_ind(treatment + 5, control, equal_var=False, alternative="greater")
    differences = {row["metric"]: row for row in run("mean_difference", units=units)}

    mean, ratio = run("non_inferiority", units=units)

    assert mean["p_value"] == pytest.approx(oracle.pvalue, rel=1e-6)
    assert ratio["margin"] == pytest.approx(0.02 * differences["ratio"]["control_value"])
    shifted = (ratio["margin"] - ratio["difference"]) / differences["ratio"]["standard_error"]
    p_value = stats.t.sf(shifted, differences["ratio"]["degrees_of_freedom"])
    assert ratio["p_value"] == pytest.approx(p_value, rel=1e-6)
    assert mean["worst_difference"] == differences["mean"]["interval_low"]
    assert ratio["worst_difference"] == differences["ratio"]["interval_high"]
    assert mean["is_non_inferior"] == (mean["worst_difference"] > -5)
    assert ratio["is_non_inferior"] == (ratio["worst_difference"] < ratio["margin"])


@pytest.mark.parametrize("seed", range(3))
def test_holm_adjusted_agrees_with_tea_tasting(run: Callable[..., list[Row]], seed: int) -> None:
    p_values = np.random.default_rng(seed).beta(0.3, 1, 12)
    p_values[3] = p_values[1]
    families = np.repeat(["a", "b"], [5, 7])
    tests = {"family": families, "metric": np.arange(12), "p_value": p_values}

    found = column(run("holm_adjusted", tests=tests), "adjusted_p_value")

    for family in ("a", "b"):
        members = np.flatnonzero(families == family)
        results = {str(member): {"pvalue": p_values[member]} for member in members}
        oracle = tt.adjust_fwer(
            tt.experiment.ExperimentResult(results), arbitrary_dependence=True, method="bonferroni"
        ).to_pandas()
        assert found[members] == pytest.approx(oracle["pvalue_adj"].to_numpy(), rel=1e-6)


def test_a_test_without_a_p_value_counts_in_its_family(run: Callable[..., list[Row]]) -> None:
    tests = {"family": "a", "metric": [1, 2, 3], "p_value": [0.01, None, 0.02]}
    rows = run("holm_adjusted", tests=tests)
    assert [row["adjusted_p_value"] for row in rows] == [
        pytest.approx(0.03),
        None,
        pytest.approx(0.04),
    ]


@pytest.mark.parametrize("covariate", ["related", "constant"])
def test_cuped_agrees_with_tea_tasting(run: Callable[..., list[Row]], covariate: str) -> None:
    units = experiment("random")
    noise = np.random.default_rng(2).normal(0, 40, len(units))
    units["earlier_earnings"] = units["earnings"] + noise if covariate == "related" else 7.0
    metric = tt.Mean("earnings", "earlier_earnings", use_t=True, equal_var=False)
    oracle = tt.Experiment(mean=metric).analyze(units, control="control")["mean"]

    (found,) = run("cuped", raw_units=units)

    names = {
        "difference": oracle.effect_size,
        "interval_low": oracle.effect_size_ci_lower,
        "interval_high": oracle.effect_size_ci_upper,
        "p_value": oracle.pvalue,
        "lift": oracle.rel_effect_size,
    }
    assert {name: found[name] for name in names} == pytest.approx(names, rel=1e-6)
    unadjusted = {row["metric"]: row for row in run("mean_difference", units=units)}["mean"]
    narrower = found["standard_error"] < 0.8 * unadjusted["standard_error"]
    assert narrower == (covariate == "related")


def test_always_valid_difference_agrees_with_its_formula(run: Callable[..., list[Row]]) -> None:
    units = experiment("random")
    differences = {row["metric"]: row for row in run("mean_difference", units=units)}
    for row in run("always_valid_difference", units=units):
        fixed = differences[row["metric"]]
        count = len(units)
        # Waudby-Smith et al. (2024), theorem 2.2 and appendix B.2, in their own notation.
        sigma = fixed["standard_error"] * np.sqrt(count)
        rho = np.sqrt((-2 * np.log(0.05) + np.log(-2 * np.log(0.05) + 1)) / 5000)
        inner = count * rho**2 + 1
        margin = sigma * np.sqrt(2 * inner / (count**2 * rho**2) * np.log(np.sqrt(inner) / 0.05))
        assert row["interval_low"] == pytest.approx(row["difference"] - margin, rel=1e-6)
        assert row["interval_high"] == pytest.approx(row["difference"] + margin, rel=1e-6)
        assert (row["p_value"] < 0.05) == (abs(row["difference"]) > margin)
    for row in run("always_valid_difference", units=experiment("zero variance")):
        assert row["interval_low"] is row["p_value"] is None


def test_always_valid_p_value_is_where_the_interval_leaves_zero(
    run: Callable[..., list[Row]],
) -> None:
    random = np.random.default_rng(3)
    earnings = random.normal(0, 1, 5000)
    variant = np.repeat(["treatment", "control"], 2500)
    earnings -= (
        np.where(variant == "treatment", 1, -1)
        * (earnings[:2500].mean() - earnings[2500:].mean())
        / 2
    )
    units = pd.DataFrame({"variant": variant, "earnings": earnings, "hours": 1.0})
    half_width = run("always_valid_difference", units=units)[0]["interval_high"]
    units.loc[units["variant"] == "treatment", "earnings"] += half_width
    found = run("always_valid_difference", units=units)[0]
    assert found["interval_low"] == pytest.approx(0, abs=1e-9)
    assert found["p_value"] == pytest.approx(0.05, rel=1e-6)


def test_unit_days_are_those_of_units_observed_on_every_day(
    run: Callable[..., list[Row]],
) -> None:
    exposed = pd.Timestamp(2024, 1, 5)
    exposures = pd.DataFrame(
        [
            ("active", "control", exposed),
            ("exposed too late", "control", exposed + pd.Timedelta(seconds=1)),
            ("idle", "treatment", exposed - pd.Timedelta(days=2)),
            ("in both", "control", exposed),
            ("in both", "treatment", exposed),
        ],
        columns=["unit_id", "variant", "exposed_at"],
    )
    hours = {-1: 1.0, 0: 2.0, 23.9: 4.0, 24: 8.0, 71.9: 16.0, 72: 32.0}
    events = pd.DataFrame(
        [("active", exposed + pd.Timedelta(hours=at), amount) for at, amount in hours.items()],
        columns=["unit_id", "event_at", "amount"],
    )
    rows = run("experiment_unit_days", exposures=exposures, events=events)
    assert [tuple(row.values()) for row in rows] == [
        ("active", "control", 0, 6),
        ("active", "control", 1, 8),
        ("active", "control", 2, 16),
        ("idle", "treatment", 0, 0),
        ("idle", "treatment", 1, 0),
        ("idle", "treatment", 2, 0),
    ]


def test_effect_by_day_agrees_with_scipy(run: Callable[..., list[Row]]) -> None:
    parts = [experiment("random").assign(day_since_exposure=day) for day in range(3)]
    for day, part in enumerate(parts):
        part["earnings"] += np.random.default_rng(day).normal(0, 20, len(part))
    rows = run("effect_by_day", unit_days=pd.concat(parts))
    assert sorted(row["day_since_exposure"] for row in rows) == [0, 1, 2]
    for row in rows:
        part = parts[row["day_since_exposure"]]
        oracle = stats.ttest_ind(
            part.loc[part["variant"] == "treatment", "earnings"],
            part.loc[part["variant"] == "control", "earnings"],
            equal_var=False,
        )
        assert row["p_value"] == pytest.approx(oracle.pvalue, rel=1e-6)


@pytest.mark.parametrize("seed", range(3))
def test_quantile_difference_agrees_with_numpy(run: Callable[..., list[Row]], seed: int) -> None:
    random = np.random.default_rng(seed)
    unit = np.repeat(np.arange(300), 1 + random.poisson(8, 300))
    variant = np.where(unit % 2 == 0, "treatment", "control")
    seconds = random.lognormal(0, 0.5, 300)[unit] * random.lognormal(0, 0.5, len(unit))
    observations = pd.DataFrame({"unit_id": unit, "variant": variant, "seconds": seconds})

    (found,) = run("quantile_difference", observations=observations)

    oracle: Row = {}
    squares = 0.0
    for group in ("treatment", "control"):
        part = observations[observations["variant"] == group]
        value = np.quantile(part["seconds"], 0.9, method="inverted_cdf")
        below = (part["seconds"] <= value).groupby(part["unit_id"]).agg(["sum", "count"]).to_numpy()
        residual = below[:, 0] - 0.9 * below[:, 1]
        error = residual.std(ddof=1) / below[:, 1].mean() / np.sqrt(len(below))
        levels = 0.9 + stats.norm.ppf([0.025, 0.975]) * error
        low, high = np.quantile(part["seconds"], levels, method="inverted_cdf")
        squares += (high - low) ** 2
        names = ("units", "observations", "value", "low", "high")
        values = (len(below), len(part), value, low, high)
        oracle |= {f"{group}_{name}": number for name, number in zip(names, values, strict=True)}
    difference = oracle["treatment_value"] - oracle["control_value"]
    error = np.sqrt(squares) / 2 / stats.norm.ppf(0.975)
    oracle |= {
        "difference": difference,
        "standard_error": error,
        "interval_low": difference + stats.norm.ppf(0.025) * error,
        "interval_high": difference + stats.norm.ppf(0.975) * error,
        "p_value": 2 * stats.norm.sf(abs(difference) / error),
    }
    assert found == pytest.approx(oracle, rel=1e-6)


def test_quantile_without_enough_observations_has_no_interval(
    run: Callable[..., list[Row]],
) -> None:
    observations = pd.DataFrame(
        {"unit_id": range(12), "variant": ["treatment", "control"] * 6, "seconds": range(12)}
    )
    (found,) = run("quantile_difference", observations=observations)
    assert (found["treatment_value"], found["control_value"]) == (10, 11)
    assert found["treatment_high"] is found["interval_low"] is found["p_value"] is None
    (found,) = run("quantile_difference", observations=observations[::2])
    assert found["control_value"] is found["difference"] is found["p_value"] is None
