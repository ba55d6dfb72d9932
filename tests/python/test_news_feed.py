"""The news feed as it is built: every mart against Polars, and naive answers beside sound ones."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import duckdb
import pytest

from scripts.worlds.registry import SCENARIOS
from tests.python.builds import Build, planted
from tests.python.news_feed_oracle import ORACLES, SLICES, Events, Numbers
from tests.python.oracles import built_from_seed, disagreements_of

OTHER_SEED = "77"
READOUT = "news_feed__experiment_readout"


@pytest.fixture(scope="session")
def other() -> Build:
    """The room built from a world that nobody has committed."""
    return built_from_seed("news_feed", OTHER_SEED)


def events_of(connection: duckdb.DuckDBPyConnection) -> Events:
    """What staging has published."""
    return Events(
        {
            event: connection.execute(f"select * from stg_news_feed__{event}").pl()
            for event in SCENARIOS["news_feed"].schemas
        }
    )


def published(
    connection: duckdb.DuckDBPyConnection, metric: str
) -> tuple[Numbers, set[tuple[date, str]]]:
    """The numbers of a mart in complete weeks, and what is open."""
    rows = connection.execute(
        f"""
        select period_start, member, statistic, value, is_complete from mart_{metric}
        where period_grain = 'week' and dimension in ('all', ?)
        """,
        [SLICES.get(metric, "variant")],
    ).fetchall()
    numbers: Numbers = {}
    still_open = set()
    for start, member, statistic, value, is_complete in rows:
        if not is_complete:
            still_open.add((start, statistic))
        elif value is not None:
            numbers["week", start, member, statistic] = value
    return numbers, still_open


def disagreements(connection: duckdb.DuckDBPyConnection, metric: str, events: Events) -> list[str]:
    """Where a mart and its oracle differ, in complete weeks."""
    oracle = ORACLES[metric](events)
    mart, still_open = published(connection, metric)
    cells = {(member == "all", statistic) for _, _, member, statistic in oracle}
    mart = {key: value for key, value in mart.items() if (key[2] == "all", key[3]) in cells}
    oracle = {key: value for key, value in oracle.items() if (key[1], key[3]) not in still_open}
    return disagreements_of(mart, oracle, absolute=1e-10)


@pytest.mark.parametrize("metric", ORACLES)
def test_a_mart_says_what_polars_works_out_anew_on_a_world_of_another_seed(
    metric: str, other: Build
) -> None:
    with other.connect() as connection:
        assert disagreements(connection, metric, events_of(connection)) == []


def test_there_is_an_oracle_for_each_metric_and_statistic(healthy: Build, other: Build) -> None:
    metrics = [one for one in healthy.manifest().metrics() if one.scenario == "news_feed"]
    assert sorted(ORACLES) == sorted(one.name for one in metrics)
    with other.connect() as connection:
        events = events_of(connection)
    for metric in metrics:
        found = {statistic for *_, statistic in ORACLES[metric.name](events)}
        assert found == set(metric.statistics), metric.name


def test_an_oracle_notices_a_wrong_number(other: Build) -> None:
    with other.connect() as connection:
        events = events_of(connection)
        fewer = events["item_interaction_in_feed"][1:]
        changed = replace(events, tables=events.tables | {"item_interaction_in_feed": fewer})
        found = [disagreements(connection, metric, changed) for metric in ORACLES]
    assert any(found)


def total(build: Build, metric: str, statistic: str, member: str = "all") -> float:
    """A ratio of sums over the complete weeks."""
    [(found,)] = build.query(
        f"""
        select sum(numerator) / sum(denominator) from mart_{metric}
        where statistic = '{statistic}' and member = '{member}' and is_complete
            and period_grain = 'week'
        """
    )
    return float(found)


def row_of(build: Build, metric: str, variant: str = "diversified") -> dict[str, Any]:
    """A row of the readout, by column."""
    with build.connect() as connection:
        found = connection.execute(
            f"select * from {READOUT} where metric = '{metric}' and variant = '{variant}'"
        )
        columns = [column[0] for column in found.description or []]
        [row] = found.fetchall()
    return dict(zip(columns, row, strict=True))


def test_readers_in_browsers_like_every_place_more_and_all_of_it_less(healthy: Build) -> None:
    """Simpson's paradox: they read on, to places where everybody likes less."""
    ((value, adjusted, phones, phones_adjusted),) = healthy.query(
        """
        with rates as (
            select platform = 'web' as is_web, position_in_feed, avg(positives) as rate
            from fct_news_feed__impressions where position_in_feed <= 10 group by all
        )
        select
            avg(positives) filter (platform = 'web'),
            (select avg(rate) from rates where is_web),
            avg(positives) filter (platform <> 'web'),
            (select avg(rate) from rates where not is_web)
        from fct_news_feed__impressions
        """
    )
    assert value < 0.95 * phones
    assert adjusted > phones_adjusted


def test_the_rate_falls_with_the_place(healthy: Build) -> None:
    rates = [
        total(healthy, "feed_positive_interaction_rate", "value", band)
        for band in ("1", "2 to 3", "4 to 7", "8 and more")
    ]
    assert rates == sorted(rates, reverse=True)
    assert rates[0] > 2 * rates[-1]


def test_above_the_threshold_nothing_is_short(healthy: Build) -> None:
    dwell = total(healthy, "feed_dwell_time", "value")
    assert dwell > 2 * total(healthy, "feed_dwell_time", "all_in_view")


def test_a_client_counts_items_that_nobody_sees(healthy: Build) -> None:
    by_client = total(healthy, "feed_items_viewed", "value", "web")
    assert by_client > total(healthy, "feed_items_viewed", "impressions", "web") + 2
    on_phone = total(healthy, "feed_items_viewed", "value", "ios")
    assert abs(on_phone / total(healthy, "feed_items_viewed", "impressions", "ios") - 1) < 0.03


def test_each_reader_sees_less_variety_than_the_pool(healthy: Build) -> None:
    pooled = total(healthy, "feed_content_type_mix", "value")
    assert total(healthy, "feed_content_type_mix", "user_largest") > 1.2 * pooled


def test_more_impressions_are_more_sources_and_no_more_diversity(healthy: Build) -> None:
    """Readers in browsers see many more; of as many impressions they see as many as others."""
    ((web, phone, web_rarefied, phone_rarefied),) = healthy.query(
        """
        select
            avg(distinct_sources) filter (platform = 'web'),
            avg(distinct_sources) filter (platform <> 'web'),
            avg(rarefied_sources) filter (platform = 'web'),
            avg(rarefied_sources) filter (platform <> 'web')
        from fct_news_feed__user_weeks
        """
    )
    assert web > 1.2 * phone
    assert abs(web_rarefied / phone_rarefied - 1) < 0.1


def test_whom_readers_follow_today_hides_discoveries_that_went_well(healthy: Build) -> None:
    ((then, now),) = healthy.query(
        """
        with latest as (
            select user_id, source_id, max_by(action, followed_at) as action
            from fct_news_feed__follows group by all
        )
        select
            count(*) filter (is_discovery),
            count(*) filter (is_discovery and coalesce(latest.action, '') <> 'follow')
        from fct_news_feed__impressions left join latest using (user_id, source_id)
        """
    )
    assert now < then


def test_follows_from_a_search_are_none_of_the_feed(healthy: Build) -> None:
    value = total(healthy, "feed_follow_rate", "value")
    assert value > 1.2 * total(healthy, "feed_follow_rate", "from_feed")


def test_who_is_bored_does_not_answer(healthy: Build) -> None:
    """What those who answer say is better than what everybody thinks, as it was planted."""
    asked = SCENARIOS["news_feed"].simulate(SCENARIOS["news_feed"].defaults)
    assert asked is not None
    complaints = total(healthy, "feed_survey_complaint_rate", "value", "none")
    assert complaints < 0.42 - 0.05
    by_band = [
        total(healthy, "feed_survey_complaint_rate", "response_rate", band)
        for band in ("light", "heavy")
    ]
    assert by_band[0] < by_band[1]


def test_creators_whose_reach_fell_complain_more(healthy: Build) -> None:
    fell = total(healthy, "creator_reach_complaints", "value", "fell")
    assert fell > 2 * total(healthy, "creator_reach_complaints", "value", "kept")


def test_harmful_items_are_engaged_with_more(healthy: Build) -> None:
    """And shown more, so numbers of engagements say more than readers do."""
    ((harmful, harmless),) = healthy.query(
        """
        select
            avg(engagements) filter (harm_score > 0.5), avg(engagements) filter (harm_score < 0.35)
        from fct_news_feed__impressions
        """
    )
    assert harmful > 1.1 * harmless
    ((rates, counts),) = healthy.query(
        """
        select avg(value) filter (statistic = 'of_rates'), avg(value) filter (statistic = 'value')
        from mart_harmful_engagement_correlation where dimension = 'all' and is_complete
        """
    )
    assert counts > rates + 0.05


def test_the_new_ranking_ships_and_the_one_by_time_does_not(healthy: Build) -> None:
    told = f"select distinct variant, decision from {READOUT} where decision is not null"
    decisions = dict(healthy.query(told))
    assert decisions["diversified"].startswith("Ship: positive interactions per impression rose by")
    assert "discoveries per impression rose by" in decisions["diversified"]
    assert decisions["chronological"].startswith("Do not ship: ")


def test_bait_does_not_ship(degraded: Build) -> None:
    [(decision,)] = degraded.query(
        f"select distinct decision from {READOUT} where variant = 'diversified'"
    )
    assert decision.startswith("Do not ship: ")


def test_the_planted_lifts_lie_in_the_readouts_intervals(healthy: Build) -> None:
    truth = planted("news_feed")["truth"]
    for metric, name in (
        ("positive_interaction_rate", "feed_positive_interaction_rate.lift"),
        ("negative_interaction_rate", "feed_negative_interaction_rate.lift"),
        ("time_per_session", "feed_time_spent.lift"),
    ):
        found = row_of(healthy, metric)
        assert found["lift_low"] <= truth[name]["value"] <= found["lift_high"], metric


def test_a_target_on_a_lift_is_what_the_readout_says(healthy: Build) -> None:
    for target, metric in (
        ("6.1.1-A.T1", "positive_interaction_rate"),
        ("6.1.1-A.T2", "negative_interaction_rate"),
        ("6.1.1-A.T3", "time_per_session"),
        ("6.1.1-B.T3", "discovery_rate"),
        ("6.1.1-C.T2", "topics_engaged"),
    ):
        read = row_of(healthy, metric)
        [judged] = healthy.query(
            f"""
            select observed, interval_low, interval_high from news_feed__target_status
            where target_id = '{target}'
            """
        )
        assert judged == (read["lift"], read["lift_low"], read["lift_high"]), target


@pytest.mark.parametrize("world", ["healthy", "degraded"])
def test_the_room_hangs_together(world: str, request: pytest.FixtureRequest) -> None:
    """Effective sources are between one and all, and variants recombine to the total."""
    build: Build = request.getfixturevalue(world)
    [(broken,)] = build.query(
        """
        select count(*) from fct_news_feed__user_weeks
        where not (
            effective_sources >= 1 - 1e-9
            and effective_sources <= exp(source_entropy) + 1e-9
            and exp(source_entropy) <= distinct_sources + 1e-9
            and distinct_sources <= impressions
            and coalesce(rarefied_sources <= distinct_sources + 1e-7, true)
        )
        """
    )
    assert broken == 0
    [(pooled, within)] = build.query(
        """
        with shares as (
            select user_id, topic_id, count(*) as n from fct_news_feed__impressions group by all
        ),
        readers as (
            select user_id, sum(n) as total, -sum(n / t * ln(n / t)) as entropy
            from (select *, sum(n) over (partition by user_id) as t from shares) group by all
        )
        select
            (
                select -sum(n / t * ln(n / t))
                from (select sum(n) as n, sum(sum(n)) over () as t from shares group by topic_id)
            ),
            sum(total * entropy) / sum(total)
        from readers
        """
    )
    assert pooled >= within
