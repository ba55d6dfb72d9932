"""The readout of an experiment: its numbers, its words and its decisions."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from scripts.experiments import oracles, readouts, shapes
from scripts.experiments.comparison import measure
from scripts.experiments.oracles import Case
from scripts.experiments.queries import Row, Run, compile_queries, runner
from scripts.experiments.readouts import Declaration, readout_query

SEARCHES: Row = {
    "label": "manual searches",
    "role": "primary",
    "kind": "mean",
    "numerator": "searches",
    "good_direction": "down",
}
RETENTION: Row = {
    "label": "week's retention",
    "role": "primary",
    "kind": "proportion",
    "numerator": "retained",
    "good_direction": "up",
}
UPLOADS: Row = {
    "label": "uploads",
    "role": "guardrail",
    "kind": "mean",
    "numerator": "uploads",
    "good_direction": "up",
    "margin": 0.1,
}
CRASHES: Row = {
    "label": "users with a crash",
    "role": "guardrail",
    "kind": "proportion",
    "numerator": "crashed",
    "good_direction": "down",
    "margin": 0.5,
}
SHIPPING: Declaration = {
    "id": "o'clock",
    "shares": {"control": 0.5, "treatment": 0.5},
    "control": "control",
    "planned_days": 28,
    "metrics": {
        "searches": SEARCHES,
        "retention": RETENTION,
        "uploads": UPLOADS,
        "crashes": CRASHES,
    },
}
UNGUARDED: Declaration = {
    "id": "unguarded",
    "shares": {"treatment": 1, "control": 1},
    "control": "control",
    "metrics": {"searches": SEARCHES | {"covariate": "earlier_searches"}},
}
QUERIES = readouts.QUERIES | {
    "shipping": readout_query(SHIPPING, window="plan"),
    "unguarded": readout_query(UNGUARDED),
}
UNKNOWN = "too few users or no variation"
Words = tuple[str, dict[str, Row]]


@pytest.fixture(scope="module")
def run() -> Run:
    """Runs one of QUERIES over the relations it is given; dbt compiles all of them at once."""
    return runner(QUERIES)


def users(**changes: Any) -> pd.DataFrame:
    """Users of an experiment in which nothing differs, but for the columns given."""
    random = np.random.default_rng(8)
    count = 4000
    frame = pd.DataFrame(
        {
            "unit_id": np.arange(count),
            "variant": np.tile(["treatment", "control"], count // 2),
            "platform": np.repeat(["ios", "web"], count // 2),
            "searches": random.permutation(np.arange(count) % 11).astype(float),
            "retained": random.permutation(np.arange(count) % 2),
            "uploads": random.permutation(np.arange(count) % 5).astype(float),
            "crashed": (random.permutation(np.arange(count)) % 10 == 0).astype(int),
        }
    )
    is_treated = frame["variant"] == "treatment"
    for name, change in changes.items():
        frame[name] = change(frame[name], is_treated)
    return frame


def plan(days: int) -> pd.DataFrame:
    """The planned window after so many of its 28 days."""
    return pd.DataFrame(
        {
            "started_on": [date(2026, 3, 2)],
            "observed_until": [date(2026, 3, 1) + timedelta(days=days)],
            "days_observed": [days],
            "is_over": [days == 28],
            "later_days": [0],
            "later_units": [0],
        }
    )


def read_out(run: Run, units: pd.DataFrame, days: int = 28, query: str = "shipping") -> Words:
    """The decision, and the treatment's rows by metric."""
    rows = run(query, units=units, plan=plan(days))
    (decision,) = {row["decision"] for row in rows}
    return decision, {row["metric"]: row for row in rows if row["variant"] == "treatment"}


def interval(row: Row, sign: int = 1) -> str:
    """The interval of the lift in words; of a fall, how far it fell."""
    low, high = sorted((sign * 100 * row["lift_low"], sign * 100 * row["lift_high"]))
    return f"95 % interval {low:.1f} to {high:.1f} %"


@pytest.mark.parametrize("case", list(readouts.cases()), ids=str)
def test_every_number_agrees_with_other_libraries(run: Run, case: Case) -> None:
    assert measure(case, run, seeds=(1, 2)).error <= case.bound


def test_words_are_those_of_the_numbers_that_other_libraries_give(run: Run) -> None:
    units = shapes.readout_units("random", 1)
    rows = readouts.read_out(run, units)
    expected = readouts.expected_readout(readouts.EVERY_KIND, units)
    verdicts = set()
    for (metric, variant), row in rows.items():
        declared = readouts.EVERY_KIND["metrics"][metric]
        if variant == "now":
            assert row["metric_verdict"] is row["guardrail_verdict"] is row["decision"] is None
            continue
        numbers = expected[metric, variant]
        falls, rises_well = numbers["difference"] < 0, declared["good_direction"] == "up"
        if numbers["adjusted_p_value"] < 0.05:
            verdict = "fell by " if falls else "rose by "
            verdict += (
                f"{abs(100 * numbers['lift']):.1f} % ({interval(numbers, -1 if falls else 1)}"
            )
            verdict += "), beyond chance: " + ("worse" if falls == rises_well else "better")
        elif numbers["p_value"] < 0.05:
            verdict = f"no difference shown when all {declared['role']} comparisons are counted "
            verdict += f"({interval(numbers)} for this one alone)"
        else:
            verdict = f"no difference shown ({interval(numbers)})"
        assert row["metric_verdict"] == verdict
        verdicts.add(verdict.split()[0])
        if declared["role"] != "guardrail":
            assert row["guardrail_verdict"] is None
            continue
        worst = 100 * numbers["lift_low" if rises_well else "lift_high"]
        is_held = (
            worst > -15 if metric == "safe_share" else (worst > -10 if rises_well else worst < 50)
        )
        assert row["guardrail_verdict"] == (
            f"{'held: at worst' if is_held else 'not held: may be'} {abs(worst):.1f} % "
            f"{'lower' if worst < 0 else 'higher'}, margin {100 * declared['margin']:g} %"
        )
    assert {row["method"] for row in rows.values()} == {
        None,
        "difference of means (Welch)",
        "difference of means (Welch), adjusted by CUPED",
        "ratio of means (delta method)",
        "ratio of means (delta method), adjusted by CUPED",
        "proportions (pooled z)",
    }
    assert {row["sample_ratio_verdict"] for row in rows.values()} == {"no mismatch at 0.001"}
    assert verdicts == {"fell", "rose", "no"}


def test_ship_when_a_primary_metric_is_better_and_every_guardrail_held(run: Run) -> None:
    decision, rows = read_out(run, users(searches=lambda x, treated: x - 0.3 * x * treated))
    searches, uploads, crashes = rows["searches"], rows["uploads"], rows["crashes"]
    text = f"fell by {-100 * searches['lift']:.1f} % ({interval(searches, -1)})"
    assert searches["lift"] == pytest.approx(-0.3, abs=0.03)
    assert searches["metric_verdict"] == text + ", beyond chance: better"
    assert decision == (
        f"Ship: manual searches {text}; no guardrail is worse by more than its margin."
    )
    assert uploads["guardrail_verdict"].startswith("held: at worst ")
    assert uploads["guardrail_verdict"].endswith(" % lower, margin 10 %")
    assert crashes["guardrail_verdict"].endswith(" % higher, margin 50 %")
    assert searches["guardrail_verdict"] is None
    assert searches["experiment_id"] == "o'clock"
    assert searches["always_valid_p_value"] is None


def test_no_effect_is_not_shipped_and_all_primary_metrics_say_why(run: Run) -> None:
    decision, rows = read_out(run, users())
    searches, retention = rows["searches"], rows["retention"]
    assert searches["metric_verdict"] == f"no difference shown ({interval(searches)})"
    assert decision == (
        f"No effect shown: manual searches changed by {100 * searches['lift']:.1f} % "
        f"({interval(searches)}); week's retention changed by {100 * retention['lift']:.1f} % "
        f"({interval(retention)})."
    )


def test_a_worse_primary_metric_is_not_shipped_though_another_is_better(run: Run) -> None:
    decision, rows = read_out(
        run,
        users(
            searches=lambda x, treated: x - 0.3 * x * treated,
            retained=lambda x, treated: x * ~(treated & (np.arange(len(x)) % 5 < 2)),
        ),
    )
    retention = rows["retention"]
    text = f"fell by {-100 * retention['lift']:.1f} % ({interval(retention, -1)})"
    assert retention["metric_verdict"] == text + ", beyond chance: worse"
    assert decision == f"Do not ship: week's retention {text}."


def test_a_guardrail_that_may_be_worse_by_its_margin_stops_a_better_primary_metric(
    run: Run,
) -> None:
    def better(x: Any, treated: Any) -> Any:
        return x - 0.3 * x * treated

    decision, rows = read_out(
        run,
        users(
            searches=better,
            uploads=lambda x, treated: x - 0.08 * x * treated,
            crashed=lambda x, treated: x | (treated & (np.arange(len(x)) % 14 == 0)),
        ),
    )
    parts = []
    for name, direction, margin in (("uploads", "lower", 10), ("crashes", "higher", 50)):
        label = SHIPPING["metrics"][name]["label"]
        verdict = rows[name]["guardrail_verdict"]
        worst = verdict.removeprefix("not held: may be ").split(" %")[0]
        assert verdict == f"not held: may be {worst} % {direction}, margin {margin} %"
        assert float(worst) > margin
        parts.append(f"{label} may be {worst} % {direction} (margin {margin} %)")
    assert decision == f"Do not ship: {'; '.join(parts)}."
    assert rows["searches"]["metric_verdict"].endswith("better")


def test_a_guardrail_that_cannot_be_compared_has_not_held(run: Run) -> None:
    decision, rows = read_out(run, users(uploads=lambda x, treated: x * 0 + 3))
    assert rows["uploads"]["metric_verdict"] == f"cannot be compared: {UNKNOWN}"
    assert rows["uploads"]["guardrail_verdict"] == f"cannot be compared: {UNKNOWN}"
    assert decision == f"Do not ship: uploads cannot be compared ({UNKNOWN})."

    decision, rows = read_out(run, users(crashed=lambda x, treated: x * treated))
    zero = "its control value is zero"
    assert rows["crashes"]["guardrail_verdict"] == f"cannot be compared: {zero}"
    assert decision == f"Do not ship: users with a crash cannot be compared ({zero})."


def test_a_primary_metric_that_does_not_vary_shows_no_effect(run: Run) -> None:
    decision, rows = read_out(run, users(searches=lambda x, treated: x * 0 + 0.1))
    assert rows["searches"]["metric_verdict"] == f"cannot be compared: {UNKNOWN}"
    assert rows["searches"]["p_value"] is rows["searches"]["lift_low"] is None
    assert decision.startswith(f"No effect shown: manual searches cannot be compared ({UNKNOWN}); ")


def test_an_open_experiment_waits_however_good_it_looks(run: Run) -> None:
    units = users(searches=lambda x, treated: x - 0.3 * x * treated)
    decision, rows = read_out(run, units, days=12)
    assert decision == "Wait: 12 of 28 planned days have passed."
    searches, uploads = rows["searches"], rows["uploads"]
    assert searches["metric_verdict"] == (
        "open until the planned days have passed (so far fell by "
        f"{-100 * searches['lift']:.1f} % ({interval(searches, -1)}))"
    )
    assert uploads["guardrail_verdict"].startswith(
        "open until the planned days have passed (so far at worst "
    )
    # They are of one look, at the end.
    assert [searches[name] for name in ("p_value", "adjusted_p_value")] == [None, None]
    assert (searches["is_better_beyond_chance"], searches["is_final"]) == (False, False)
    assert read_out(run, units, days=0)[0] == "Wait: 0 of 28 planned days have passed."


@pytest.mark.parametrize("seed", range(4))
def test_a_guardrail_is_judged_by_the_interval_that_its_row_shows(run: Run, seed: int) -> None:
    random = np.random.default_rng(seed)
    units = users(uploads=lambda x, treated: x * random.gamma(0.2, 5, len(x)))
    # About as wide as the margin, so that on either side of it there is something to tell apart.
    _, rows = read_out(run, units[:1600])
    uploads = rows["uploads"]
    worst = 100 * uploads["lift_low"]
    is_held = worst > -10
    assert uploads["guardrail_verdict"] == (
        f"{'held: at worst' if is_held else 'not held: may be'} {abs(worst):.1f} % "
        f"{'lower' if worst < 0 else 'higher'}, margin 10 %"
    )


def test_what_the_readout_calls_better_beyond_chance_is_what_targets_read(run: Run) -> None:
    _, rows = read_out(run, users(searches=lambda x, treated: x - 0.3 * x * treated))
    assert rows["searches"]["is_better_beyond_chance"] is True
    _, rows = read_out(run, users(searches=lambda x, treated: x + 0.3 * x * treated))
    assert rows["searches"]["metric_verdict"].endswith("worse")
    assert rows["searches"]["is_better_beyond_chance"] is False
    # Its own interval is on one side of zero; Holm's p-value is above 5 %.
    _, rows = read_out(run, users(searches=lambda x, treated: x - 0.045 * x * treated))
    assert rows["searches"]["lift_high"] < 0
    assert rows["searches"]["is_better_beyond_chance"] is False


def test_nobody_can_read_an_effect_from_a_broken_split(run: Run) -> None:
    units = users(searches=lambda x, treated: x - 0.3 * x * treated)
    is_lost = (units["variant"] == "treatment") & (units["platform"] == "web")
    units = units.drop(units[is_lost].index[::2])
    decision, rows = read_out(run, units, days=12)
    assert decision == (
        "Do not read: users did not fall into the variants as planned (control has 2000 users, "
        "planned 1750; treatment has 1500 users, planned 1750); stands out: platform web."
    )
    for row in rows.values():
        assert row["sample_ratio_verdict"] == "mismatch at 0.001; stands out: platform web"
        assert row["sample_ratio_p_value"] == pytest.approx(
            stats.chisquare([2000, 1500]).pvalue, rel=1e-6
        )
        for name in ("difference", "lift", "lift_low", "lift_high", "unadjusted_lift", "p_value"):
            assert row[name] is None
        for name in ("adjusted_p_value", "metric_verdict", "guardrail_verdict"):
            assert row[name] is None
        assert (row["units"], row["estimate"] is None) == (1500, False)


def test_a_segment_that_stands_out_breaks_a_split_that_is_even_overall(run: Run) -> None:
    units = users()
    part = units.groupby(["variant", "platform"]).cumcount()
    is_treated, is_web = units["variant"] == "treatment", units["platform"] == "web"
    units = units[(is_treated == is_web) | (part < 800)]
    decision, rows = read_out(run, units)
    assert decision.startswith("Do not read: ")
    assert decision.endswith("; stands out: platform ios, platform web.")
    verdict = "mismatch at 0.001 in platform ios, platform web"
    assert rows["searches"]["sample_ratio_verdict"] == verdict
    assert rows["searches"]["lift"] is None


def test_a_change_without_a_relative_interval_is_told_in_its_own_unit(run: Run) -> None:
    decision, rows = read_out(
        run,
        users(
            searches=lambda x, treated: x - 20 - 2 * treated,
            retained=lambda x, treated: x * treated,
        ),
    )
    searches, retention = rows["searches"], rows["retention"]
    assert searches["lift_low"] is retention["lift"] is None
    test = stats.ttest_ind(
        *oracles.of_variants(users(searches=lambda x, treated: x - 2 * treated), "searches"),
        equal_var=False,
    ).confidence_interval()
    assert searches["metric_verdict"] == (
        f"fell by {-searches['difference']:.4f} "
        f"(95 % interval {-test.high:.4f} to {-test.low:.4f}), beyond chance: better"
    )
    share = 100 * retention["difference"]
    assert retention["metric_verdict"].startswith(f"rose by {share:.1f} percentage points (95 % ")
    assert retention["metric_verdict"].endswith(" percentage points), beyond chance: better")
    assert decision.startswith("Ship: manual searches fell by 1.")
    assert "; week's retention rose by " in decision


def test_holm_counts_all_comparisons_of_a_role(run: Run) -> None:
    _, rows = read_out(run, users(searches=lambda x, treated: x - 0.045 * x * treated))
    searches = rows["searches"]
    assert searches["p_value"] < 0.05 < searches["adjusted_p_value"]
    assert searches["metric_verdict"] == (
        f"no difference shown when all primary comparisons are counted ({interval(searches)} "
        "for this one alone)"
    )


def test_an_experiment_without_guardrails_and_days_says_so(run: Run) -> None:
    units = users(searches=lambda x, treated: x - 0.3 * x * treated)
    units["earlier_searches"] = np.random.default_rng(1).normal(users()["searches"], 2)
    decision, rows = read_out(run, units, query="unguarded")
    assert decision.startswith("Ship: manual searches fell by 29.7 % (")
    assert decision.endswith("; no guardrail was declared.")
    assert rows["searches"]["lift"] != rows["searches"]["unadjusted_lift"]


def test_a_past_that_explains_everything_leaves_nothing_to_compare(run: Run) -> None:
    units = users(searches=lambda x, treated: x / 7)
    units["earlier_searches"] = units["searches"] * 0.3
    decision, rows = read_out(run, units, query="unguarded")
    assert rows["searches"]["p_value"] is None
    assert decision == f"No effect shown: manual searches cannot be compared ({UNKNOWN})."


@pytest.mark.parametrize("empty", ["treatment", "control", "both"])
def test_an_empty_variant_has_rows_and_no_comparison(run: Run, empty: str) -> None:
    units = users()
    units = units[:0] if empty == "both" else units[units["variant"] != empty]
    rows = run("shipping", units=units, plan=plan(28))
    assert len(rows) == 4 * 2
    for row in rows:
        is_empty = empty in (row["variant"], "both")
        assert row["units"] == (0 if is_empty else 2000)
        assert (row["estimate"] is None) == is_empty
        assert row["p_value"] is row["lift"] is None
        if empty == "both":
            assert row["sample_ratio_verdict"] == "no users to judge by"
            assert row["decision"].startswith("Do not ship: uploads cannot be compared (too few")
        else:
            other = "control" if empty == "treatment" else "treatment"
            assert f"{empty} has 0 users, planned 1000" in row["decision"]
            assert f"{other} has 2000 users, planned 1000" in row["decision"]


@pytest.mark.parametrize(
    ("changes", "metrics", "expected"),
    [
        (
            {"planed_days": 28, "planned_days": 0, "planned_units": "4000", "segments": ["a;b"]},
            {
                "one": SEARCHES | {"role": "main", "kind": "median", "good_direction": "left"},
                "two": SEARCHES | {"covariat": "x"},
                "three": {name: part for name, part in UPLOADS.items() if name != "label"},
                "four": CRASHES | {"margin": 0},
            },
            [
                ': "planed_days" is not one of id, shares, control, unit, segments, planned_days, '
                "started_on, planned_units, metrics",
                ".planned_days: 0 is not a whole number from 1 to 3660",
                '.planned_units: "4000" is not a whole number of at least 4',
                '.segments: "a;b" is not a name of letters, digits and underscores',
                '.metrics.one.role: "main" is not one of primary, secondary, guardrail',
                '.metrics.one.kind: "median" is not one of mean, proportion, ratio',
                '.metrics.one.good_direction: "left" is not one of up, down',
                '.metrics.two: "covariat" is not one of label, role, kind, numerator, denominator, '
                "good_direction, covariate, margin",
                ".metrics.three: label is missing",
                ".metrics.four.margin: 0 is not a number above 0",
            ],
        ),
        (
            {"control": "c", "shares": {"a": 1}},
            {
                "two": UPLOADS | {"role": "secondary"},
                "three": {name: part for name, part in UPLOADS.items() if name != "margin"},
                "four": SEARCHES | {"kind": "ratio", "role": "secondary"},
                "five": RETENTION | {"role": "secondary", "covariate": "x", "denominator": "y"},
            },
            [
                '.control: "c" is not one of the variants in shares',
                ".shares: a control and at least one treatment are needed",
                ".metrics.two: a margin belongs to a guardrail, and only to a guardrail",
                ".metrics.three: a margin belongs to a guardrail, and only to a guardrail",
                ".metrics.four: a denominator belongs to a ratio, and only to a ratio",
                ".metrics.five: a denominator belongs to a ratio, and only to a ratio",
                ".metrics.five: a proportion cannot be adjusted by a covariate; "
                "declare it as a mean",
                ".metrics: no metric is primary, so nothing can be decided",
            ],
        ),
    ],
    ids=["the form", "the meaning"],
)
def test_everything_wrong_with_a_declaration_is_said_at_once(
    changes: Declaration, metrics: Declaration, expected: list[str]
) -> None:
    declaration = {"id": "wrong", "shares": {"a": 1, "b": 1}, "control": "a", **changes}
    with pytest.raises(RuntimeError) as error:
        compile_queries([readout_query({**declaration, "metrics": metrics})])
    lines = str(error.value).splitlines()
    problems = [line.strip() for line in lines if line.strip().startswith("- ")]
    assert problems == [f"- experiment{problem}" for problem in expected]
