"""The measures of macros/measures against other libraries, on DuckDB, on Spark and on real data."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from scripts.experiments import measures
from scripts.experiments.comparison import measure, measure_together
from scripts.experiments.oracles import Case
from scripts.experiments.queries import Run, runner
from scripts.manifest import PROJECT

REAL_DATA = PROJECT.parent / "shared/data"
CASES = list(measures.cases())
FIRST_OF_EACH_MACRO = {case.macro: case for case in reversed(CASES)}.values()
needs_real_data = pytest.mark.skipif(
    not REAL_DATA.is_dir(), reason=f"{REAL_DATA} is not there: published data is kept apart"
)


@pytest.fixture(scope="module")
def run() -> Run:
    """Runs a query of the measures over the relations it is given, on DuckDB."""
    return runner(measures.QUERIES)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_measure_agrees_with_another_library(run: Run, case: Case) -> None:
    assert measure(case, run, seeds=(1, 2)).error <= case.bound


@pytest.mark.parametrize("case", FIRST_OF_EACH_MACRO, ids=str)
def test_measure_agrees_where_one_query_is_of_several_draws(run: Run, case: Case) -> None:
    """As the comparison asks Spark."""
    found = measure_together(case, run, seeds=(1, 2, 3))
    assert (found.draws, found.error <= case.bound) == (3 if case.is_random else 1, True)


@pytest.mark.parametrize("case", FIRST_OF_EACH_MACRO, ids=str)
def test_measure_agrees_on_spark(spark: Run, case: Case) -> None:
    """One draw of one shape; `python -m scripts.experiments compare --engine spark` has all."""
    assert measure(case, spark, seeds=(1,)).error <= case.bound


@needs_real_data
def test_growth_accounting_of_cdnow_is_as_published(run: Run) -> None:
    purchases = pd.read_csv(
        REAL_DATA / "cdnow_purchases.txt.gz",
        sep=r"\s+",
        skiprows=1,
        names=["customer", "day", "items", "dollars"],
        dtype={"day": str},
    )
    assert len(purchases) == 69_659
    bought = pd.to_datetime(purchases["day"], format="%Y%m%d")
    period = 12 * bought.dt.year + bought.dt.month
    activity = pd.DataFrame({"person": purchases["customer"], "period": period})
    periods = {"period": np.arange(period.min(), period.max() + 1)}

    accounts = {
        row["period"]: row for row in run("growth_accounting", activity=activity, periods=periods)
    }

    def of(year: int, month: int, *names: str) -> list[Any]:
        return [accounts[12 * year + month][name] for name in names]

    names = ("active", "new_units", "retained", "resurrected", "churned")
    assert of(1997, 4, *names) == [2_822, 0, 1_773, 1_049, 7_751]
    assert of(1998, 3, "active", "retained", "resurrected", "churned") == [2_060, 571, 1_489, 980]
    seen = {sum(of(1998, month, "active", "churned", "dormant")) for month in (1, 2, 3)}
    assert seen == {purchases["customer"].nunique()}


@needs_real_data
def test_active_days_of_college_msg_are_as_published(run: Run) -> None:
    """Senders on 28 days: mean daily by monthly active ones is the mean of active days by 28."""
    messages = pd.read_csv(REAL_DATA / "CollegeMsg.txt.gz", sep=" ")
    day = pd.to_datetime(messages["time"], unit="s").dt.date
    activity = pd.DataFrame({"person": messages["src"], "day": day})
    ends = pd.Series(pd.to_datetime(["2004-05-31", "2004-06-30"]))
    periods = {
        "period": [5, 6],
        "first_day": (ends - pd.Timedelta(days=27)).dt.date,
        "last_day": ends.dt.date,
    }

    rows = pd.DataFrame(run("active_days_histogram", activity=activity, periods=periods))

    found = {}
    for period, histogram in rows.groupby("period"):
        assert histogram["share"].sum() == pytest.approx(1)
        found[period] = (
            histogram["active_units"].iloc[0],
            round((histogram["active_days"] * histogram["share"]).sum() / 28, 4),
            round(histogram.loc[histogram["active_days"] > 15, "share"].sum(), 3),
        )
    assert found == {5: (1_024, 0.2318, 0.106), 6: (664, 0.1235, 0.003)}
    assert round(rows["share"].iloc[0], 3) == 0.21


@needs_real_data
@pytest.mark.parametrize(
    ("policy", "effective_items", "top_share"), [("random", 33.8, 0.035), ("thompson", 9.85, 0.203)]
)
def test_effective_items_of_open_bandit_are_as_published(
    run: Run, policy: str, effective_items: float, top_share: float
) -> None:
    shown = pd.read_csv(REAL_DATA / f"open_bandit_{policy}.csv.gz")
    items = pd.DataFrame({"reader": "all", "item": shown["item_id"].astype(str), "weight": 1})

    (found,) = run("diversity", items=items)

    assert (found["total"], found["distinct_items"]) == (10_000, 34)
    assert found["effective_items"] == pytest.approx(effective_items, abs=0.05)
    assert items["item"].value_counts(normalize=True).max() == pytest.approx(top_share, abs=6e-4)
    # Of 20 impressions by lot nearly each shows another item; Thompson's repeat a few.
    assert (found["rarefied_items"] > 14) == (policy == "random")


def test_a_funnel_ends_where_it_begins_and_ends_with_a_step_that_all_take() -> None:
    steps = [{"name": "opened", "optional": True}, "sent"]
    with pytest.raises(RuntimeError, match="the first and the last step are not optional"):
        runner({"one": f"{{{{ funnel_flows('events', {steps}, 60, 'now()') }}}}"})


def test_growth_accounting_is_of_the_flows_between_tiers(run: Run) -> None:
    """And of each tier as many units come into a period as it had in the one before."""
    tiers, periods = measures.draw_tiers(1, "random"), {"period": list(measures.PERIODS)}
    flows = pd.DataFrame(run("tier_flows", unit_tiers=tiers, periods=periods))
    is_active = ~flows[["from_tier", "to_tier"]].isin(["new", "dormant"])
    comes_from, goes_to = flows["from_tier"], flows["to_tier"]
    accounts = run("growth_accounting", activity=tiers, periods=periods)
    for name, part in {
        "new_units": comes_from == "new",
        "retained": is_active.all(axis=1),
        "resurrected": (comes_from == "dormant") & is_active["to_tier"],
        "churned": is_active["from_tier"] & (goes_to == "dormant"),
        "dormant": (comes_from == "dormant") & (goes_to == "dormant"),
    }.items():
        units = flows[part].groupby("period")["units"].sum()
        assert [row[name] for row in accounts] == [
            units.get(row["period"], 0) for row in accounts
        ], name
    came, left = (
        flows.groupby(["period", side])["units"].sum() for side in ("to_tier", "from_tier")
    )
    for (period, tier), units in came.items():
        if period + 1 in measures.PERIODS:
            assert left[period + 1, tier] == units
    for side in ("from", "to"):
        shares = flows.groupby(["period", f"{side}_tier"])[f"share_of_{side}"].sum()
        assert shares.to_numpy() == pytest.approx(np.ones(len(shares)))


def test_rows_at_the_same_time_are_in_one_session(run: Run) -> None:
    """Whichever of them comes first: a session has no number 2 before its number 1."""
    same = pd.Timestamp("2026-03-01 10:00:00")
    later = same + pd.Timedelta(seconds=measures.IDLE_SECONDS + 1)
    events = pd.DataFrame(
        {
            "event_number": range(6),
            "actor": "ada",
            "happened_at": [same, later, same, later, same, later],
        }
    )
    found = [row["session_number"] for row in run("sessionized", events=events)]
    assert found == [1, 2, 1, 2, 1, 2]
