"""Food delivery as it is built: every mart against Polars, comparisons against statsmodels."""

from __future__ import annotations

import math
from datetime import date
from typing import Any

import duckdb
import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm

from scripts.worlds.registry import SCENARIOS
from tests.python.builds import Build, planted
from tests.python.food_delivery_oracle import ORACLES, SLICES, Events
from tests.python.oracles import built_from_seed, disagreements_when_complete

OTHER_SEED = "78"
WORLDS = ["healthy", "degraded"]
STRATA = ["zone", "meal", "distance_band", "preparation_band", "algorithm_version"]
OUTCOMES = {
    "delivery_minutes": "delivery_minutes",
    "cold_food": "cast(has_cold_food as double)",
    "delivery_cost": "cost_usd",
}


@pytest.fixture(scope="session")
def other() -> Build:
    """The room built from a world that nobody has committed."""
    return built_from_seed("food_delivery", OTHER_SEED)


def events_of(connection: duckdb.DuckDBPyConnection) -> Events:
    """What staging has published."""
    return {
        event: connection.execute(f"select * from stg_food_delivery__{event}").pl()
        for event in SCENARIOS["food_delivery"].schemas
    }


def disagreements(connection: duckdb.DuckDBPyConnection, metric: str, events: Events) -> list[str]:
    """Where a mart and its oracle differ, in complete periods."""
    rows = connection.execute(
        f"""
        select period_grain, period_start, member, statistic, value, is_complete
        from mart_{metric} where dimension in ('all', ?)
        """,
        [SLICES.get(metric, "zone")],
    ).fetchall()
    return disagreements_when_complete(rows, ORACLES[metric](events))


@pytest.mark.parametrize("metric", ORACLES)
def test_a_mart_says_what_polars_works_out_anew_on_a_world_of_another_seed(
    metric: str, other: Build
) -> None:
    with other.connect() as connection:
        assert disagreements(connection, metric, events_of(connection)) == []


def test_there_is_an_oracle_for_each_metric(healthy: Build) -> None:
    metrics = [one for one in healthy.manifest().metrics() if one.scenario == "food_delivery"]
    assert sorted(ORACLES) == sorted(one.name for one in metrics)


def test_an_oracle_notices_a_wrong_number(other: Build) -> None:
    """Of the day on which one delivery is forgotten, all that counts them says another number."""
    with other.connect() as connection:
        events = events_of(connection)
        fewer = events | {"driver_delivery_complete": events["driver_delivery_complete"][1:]}
        assert disagreements(connection, "mileage_per_delivery", fewer) != []


def deliveries_of(build: Build) -> pd.DataFrame:
    """The deliveries that are compared."""
    outcomes = ", ".join(f"{outcome} as outcome_{name}" for name, outcome in OUTCOMES.items())
    with build.connect() as connection:
        return connection.execute(
            f"""
            select route_kind = 'batched' as is_batched, {", ".join(STRATA)}, zone_day, {outcomes}
            from fct_food_delivery__deliveries
            join (select distinct started_on, observed_until from food_delivery__comparison_effects)
                on order_date between started_on and observed_until
            """
        ).df()


def effect_of(build: Build, metric: str) -> dict[str, Any]:
    """The row of the comparison that has the batched deliveries of a metric."""
    with build.connect() as connection:
        found: dict[str, Any] = (
            connection.execute(
                f"""
                from food_delivery__comparison_effects
                where metric = '{metric}' and variant = 'batched'
                """
            )
            .df()
            .iloc[0]
            .to_dict()
        )
    return found


def clustered(outcome: pd.Series, design: pd.DataFrame, clusters: pd.Series) -> Any:
    """A regression with errors clustered by zone and day."""
    return sm.OLS(outcome, design).fit(
        cov_type="cluster", cov_kwds={"groups": pd.factorize(clusters)[0]}, use_t=True
    )


@pytest.mark.parametrize("world", WORLDS)
@pytest.mark.parametrize("metric", OUTCOMES)
def test_the_comparison_is_that_of_statsmodels(
    metric: str, world: str, request: pytest.FixtureRequest
) -> None:
    """As they are, by exact strata, and by the regression on them."""
    build: Build = request.getfixturevalue(world)
    effect, deliveries = effect_of(build, metric), deliveries_of(build)
    treated = deliveries["is_batched"].astype(float)
    outcome = deliveries[f"outcome_{metric}"]
    stratum = pd.Series(pd.factorize(deliveries[STRATA].agg(" ".join, axis=1))[0])

    raw = clustered(outcome, sm.add_constant(treated.rename("t")), deliveries["zone_day"])
    low, high = raw.conf_int().loc["t"]
    assert effect["raw_difference"] == pytest.approx(raw.params["t"], rel=1e-8)
    assert effect["raw_difference_low"] == pytest.approx(low, rel=1e-6)
    assert effect["raw_difference_high"] == pytest.approx(high, rel=1e-6)

    dummies = pd.get_dummies(stratum, prefix="s").astype(float)
    regression = clustered(
        outcome, pd.concat([treated.rename("t"), dummies], axis=1), deliveries["zone_day"]
    )
    low, high = regression.conf_int().loc["t"]
    assert effect["regression_difference"] == pytest.approx(regression.params["t"], rel=1e-8)
    assert effect["regression_difference_low"] == pytest.approx(low, rel=1e-6)
    assert effect["regression_difference_high"] == pytest.approx(high, rel=1e-6)

    both = treated.groupby(stratum).agg(["sum", "count"])
    compared = both[(both["sum"] > 0) & (both["sum"] < both["count"])]
    kept = stratum.isin(compared.index)
    some = dummies.loc[kept, [f"s_{number}" for number in compared.index]]
    saturated = clustered(
        outcome[kept],
        pd.concat([some, some.mul(treated[kept], axis=0).add_prefix("t_")], axis=1),
        deliveries.loc[kept, "zone_day"],
    )
    weights = np.concatenate([np.zeros(len(compared)), compared["sum"] / compared["sum"].sum()])
    contrast = saturated.t_test(weights)
    low, high = contrast.conf_int()[0]
    assert effect["difference"] == pytest.approx(float(contrast.effect[0]), rel=1e-8)
    assert effect["difference_low"] == pytest.approx(low, rel=1e-6, abs=1e-9)
    assert effect["difference_high"] == pytest.approx(high, rel=1e-6, abs=1e-9)
    assert effect["without_counterpart"] == treated.sum() - compared["sum"].sum()
    assert effect["overlap"] == pytest.approx(compared["sum"].sum() / treated.sum())


def true_value(name: str) -> float:
    """What was planted in the committed seeds."""
    return float(planted("food_delivery")["truth"][name]["value"])


def test_as_they_are_batched_orders_take_twice_as_much_longer_as_batching_makes_them(
    healthy: Build,
) -> None:
    """They are those of dinner and of the centre: raw is greater, and misses the target alone."""
    effect = effect_of(healthy, "delivery_minutes")
    raw, adjusted = effect["raw_difference"], effect["difference"]
    assert raw - adjusted >= raw / 2
    assert adjusted < 5 < raw
    assert effect["difference_high"] < effect["raw_difference_high"]
    name = "batched_delivery_time_increase"
    assert effect["difference_low"] <= true_value(f"{name}.adjusted") <= effect["difference_high"]
    assert effect["raw_difference_low"] <= true_value(f"{name}.raw")
    assert true_value(f"{name}.raw") <= effect["raw_difference_high"]
    assert effect["overlap"] > 0.95
    assert effect["clusters"] > 100


def readout_of(build: Build, metric: str) -> dict[str, Any]:
    """The row of the new version in the readout."""
    with build.connect() as connection:
        found: dict[str, Any] = (
            connection.execute(
                f"""
                from food_delivery__experiment_readout
                where metric = '{metric}' and variant = 'v2'
                """
            )
            .df()
            .iloc[0]
            .to_dict()
        )
    return found


def switchback_orders(build: Build) -> pd.DataFrame:
    """Delivered orders of the planned days after the washout, with their window."""
    with build.connect() as connection:
        return connection.execute(
            """
            select zone || ' ' || window_start as unit, algorithm_version = 'v2' as is_new,
                delivery_minutes
            from fct_food_delivery__orders
            where outcome = 'delivered' and placed_at >= window_start + interval 20 minute
                and order_date
                    <= (select min(observed_until) from food_delivery__experiment_readout)
            order by unit, order_id
            """
        ).df()


@pytest.mark.parametrize("world", WORLDS)
def test_the_readout_is_a_regression_with_errors_clustered_by_zone_and_window(
    world: str, request: pytest.FixtureRequest
) -> None:
    """A constant in each group, as statsmodels has it: units without orders change nothing."""
    build: Build = request.getfixturevalue(world)
    row, orders = readout_of(build, "delivery_minutes"), switchback_orders(build)
    is_new = orders["is_new"]
    ratios, errors = {}, {}
    for name, group in (("new", orders[is_new]), ("old", orders[~is_new])):
        fit = sm.OLS(group["delivery_minutes"], np.ones(len(group))).fit(
            cov_type="cluster",
            cov_kwds={"groups": pd.factorize(group["unit"])[0], "use_correction": False},
        )
        ratios[name], errors[name] = float(fit.params.iloc[0]), float(fit.bse.iloc[0])
    assert row["difference"] == pytest.approx(ratios["new"] - ratios["old"], rel=1e-8)
    half = (row["difference_high"] - row["difference_low"]) / 2
    # Each group's variance by windows / (windows - 1); Welch's degrees of freedom are hundreds.
    by_statsmodels = 1.96 * math.hypot(*errors.values())
    assert half == pytest.approx(by_statsmodels, rel=0.01)


def test_the_switchback_covers_what_was_planted_and_orders_as_units_are_too_sure(
    healthy: Build,
) -> None:
    row, orders = readout_of(healthy, "delivery_minutes"), switchback_orders(healthy)
    assert row["is_final"]
    planted_effect = true_value("batched_delivery_time_increase.switchback")
    assert row["difference_low"] <= planted_effect <= row["difference_high"]
    groups = [group["delivery_minutes"] for _, group in orders.groupby("is_new")]
    naive = 1.96 * math.sqrt(sum(group.var() / len(group) for group in groups))
    assert (row["difference_high"] - row["difference_low"]) / 2 > 1.3 * naive


def test_alike_versions_are_told_apart_no_more_often_than_they_may_be(healthy: Build) -> None:
    """1,000 A/A switchbacks: versions are drawn anew for the windows, and change nothing."""
    orders = switchback_orders(healthy)
    minutes = orders["delivery_minutes"].to_numpy()
    window, windows = pd.factorize(orders["unit"])
    sums = np.bincount(window, minutes)
    counts = np.bincount(window).astype(float)
    squares = np.bincount(window, minutes**2)
    generator = np.random.default_rng(20260105)
    labels = generator.random((1_000, len(windows))) < 0.5
    difference, by_window, by_order = np.zeros(1_000), np.zeros(1_000), np.zeros(1_000)
    for sign, mask in ((1, labels), (-1, ~labels)):
        orders_in, units = mask @ counts, mask.sum(axis=1)
        mean = (mask @ sums) / orders_in
        difference += sign * mean
        influence = (mask * (sums - mean[:, None] * counts)) / orders_in[:, None]
        by_window += (influence**2).sum(axis=1) * units / (units - 1)
        by_order += ((mask @ squares) / orders_in - mean**2) / (orders_in - 1)
    alarms = (np.abs(difference) > 1.96 * np.sqrt(by_window)).mean()
    naive_alarms = (np.abs(difference) > 1.96 * np.sqrt(by_order)).mean()
    assert 0.036 <= alarms <= 0.066
    assert naive_alarms > 0.15


@pytest.mark.parametrize(("world", "decision"), [("healthy", "Ship"), ("degraded", "No effect")])
def test_the_readout_decides(world: str, decision: str, request: pytest.FixtureRequest) -> None:
    build: Build = request.getfixturevalue(world)
    row = readout_of(build, "cost_per_delivery")
    assert str(row["decision"]).startswith(decision), row["decision"]
    assert row["sample_ratio_p_value"] > 0.001
    assert row["units_in_several_variants"] == 0


def total(build: Build, metric: str, statistic: str, member: str = "all") -> float:
    """A ratio of sums over the complete days."""
    [(found,)] = build.query(
        f"""
        select sum(numerator) / sum(denominator) from mart_{metric}
        where statistic = '{statistic}' and member = '{member}' and is_complete
            and period_grain = 'day'
        """
    )
    return float(found)


def test_the_naive_formulas_give_visibly_other_numbers(healthy: Build, degraded: Build) -> None:
    # Added up over orders, the hour of a batch counts twice: batches look worse than single orders.
    for metric, sound in (
        ("courier_earnings_per_hour", "active"),
        ("deliveries_per_active_hour", "value"),
    ):
        ratio = {
            statistic: total(healthy, metric, statistic, "batched")
            / total(healthy, metric, statistic, "single")
            for statistic in (sound, "by_order_time")
        }
        assert ratio["by_order_time"] < 1 < 1.15 < ratio[sound]
    # A shared way counted twice hides what is saved, and a prediction promises too much.
    gain = "marketplace_efficiency_gain"
    assert total(healthy, gain, "value") < 0.8 < total(healthy, gain, "realised")
    assert total(healthy, gain, "realised_of_predicted") < 0.9
    assert total(healthy, gain, "single_trips") == pytest.approx(1, abs=0.02)
    # Offers that time out are no answers.
    offers = "batch_offer_acceptance_rate"
    assert total(healthy, offers, "value") > 1.04 * total(healthy, offers, "of_offers")
    assert total(degraded, offers, "of_batches") > 1.2 * total(degraded, offers, "of_offers")
    # Early and late cancel out, and the last promise is always kept.
    eta = "batched_eta_accuracy"
    assert total(healthy, eta, "absolute") > 2 * abs(total(healthy, eta, "value"))
    assert total(healthy, eta, "by_last_promise") < 0.3 * total(healthy, eta, "absolute")
    # Tickets are not orders, and refunds are a cost.
    issues = "batched_food_issue_rate"
    assert total(healthy, issues, "value") > 1.15 * total(healthy, issues, "orders_affected")
    assert total(degraded, "cost_per_delivery", "with_refunds", "batched") > 1.05 * total(
        degraded, "cost_per_delivery", "value", "batched"
    )
    # Intentions are not batches.
    rate = "batching_rate"
    assert total(degraded, rate, "value") > 1.2 * total(degraded, rate, "of_delivered")


def test_a_courier_in_two_zones_is_online_once(healthy: Build) -> None:
    [(counted, logged, couriers)] = healthy.query(
        """
        select sum(online_hours), sum(logged_hours), count(distinct courier_id)
        from fct_food_delivery__courier_sessions
        """
    )
    assert couriers == 30
    assert counted < 0.98 * logged
    [(longest,)] = healthy.query(
        """
        select max(hours) from (
            select sum(online_hours) as hours from fct_food_delivery__courier_sessions
            group by courier_id, session_date
        )
        """
    )
    assert longest < 10


def test_what_orders_of_a_route_bear_is_what_the_route_is_paid_and_takes(healthy: Build) -> None:
    [(pay, hours, tips, orders)] = healthy.query(
        """
        select
            max(abs(routes.pay_usd - shares.pay)), max(abs(routes.active_hours - shares.hours)),
            max(abs(routes.tips_usd - shares.tips)), max(abs(routes.orders - shares.orders))
        from fct_food_delivery__routes as routes
        join (
            select batch_id, sum(pay_usd) as pay, sum(active_hours) as hours, count(*) as orders,
                sum(earnings_usd - pay_usd - incentive_usd) as tips
            from fct_food_delivery__deliveries group by batch_id
        ) as shares using (batch_id)
        """
    )
    assert max(pay, hours, tips, orders) < 1e-9


def test_the_first_days_are_where_the_world_begins(healthy: Build) -> None:
    [(started, until)] = healthy.query(
        """
        select distinct started_on, observed_until from food_delivery__experiment_readout
        """
    )
    assert (started, until) == (date(2026, 1, 5), date(2026, 3, 1))
