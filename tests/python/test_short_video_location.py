"""Where users of short video live: every day of every life against Polars, and the truth."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from functools import cache

import numpy as np
import polars as pl
import pytest

from scripts.worlds.envelope import FIRST_DAY
from scripts.worlds.registry import SCENARIOS
from scripts.worlds.short_video.location_events import LOCATION_FIELDS
from scripts.worlds.short_video.places import (
    CITY_NAMES,
    COMMUTER,
    HOLIDAY,
    SETTLING_DAYS,
    VPN,
    VPN_FROM,
    Places,
    settle,
)
from scripts.worlds.short_video.population import populate
from scripts.worlds.short_video.settings import WORLDS
from tests.python.builds import Build
from tests.python.oracles import disagreements_of
from tests.python.short_video_location_oracle import (
    UNKNOWN,
    Life,
    Parts,
    lives_of,
    moves_of,
    parts_of,
)
from tests.python.short_video_oracle import built_from_another_seed

METRICS = (
    "user_cdl_city",
    "user_potential_move_flag",
    "user_significant_location_change",
    "move_detection_accuracy",
    "move_detection_latency",
    "move_false_positive_rate",
)


@pytest.fixture(scope="session")
def other() -> Build:
    """The room built from a world that nobody has committed."""
    return built_from_another_seed()


def calendar(build: Build) -> list[date]:
    """The days of the calendar, the open one last."""
    return [day for (day,) in build.query("select date_day from dim_short_video__dates order by 1")]


@cache
def _events_and_lives(build: Build) -> tuple[dict[str, pl.DataFrame], dict[str, Life]]:
    names = (*LOCATION_FIELDS, "user_session_start", "user_active_session_start")
    with build.connect() as connection:
        events = {
            name: connection.execute(f"select * from stg_short_video__{name}").pl()
            for name in names
        }
        cities, prefixes = (
            connection.execute(f"select * from main_reference.short_video__{name}").pl()
            for name in ("cities", "ip_prefixes")
        )
    return events, lives_of(events, cities, prefixes, calendar(build))


def lives(build: Build) -> dict[str, Life]:
    """The life of each user, by the oracle."""
    return _events_and_lives(build)[1]


def test_the_dominant_city_of_each_user_and_day_is_the_oracles(other: Build) -> None:
    found = {
        (user, day): (city, confidence)
        for user, day, city, confidence in other.query(
            "select user_id, location_date, city, confidence from fct_short_video__dominant_cities"
        )
    }
    expected = {
        (user, day): (city, confidence)
        for user, life in lives(other).items()
        for day, (city, confidence, _) in life.dominant.items()
    }
    assert found.keys() == expected.keys()
    assert [key for key in found if found[key][0] != expected[key][0]] == []
    assert [found[key][1] for key in found] == pytest.approx([expected[key][1] for key in found])


def test_stays_and_what_confirms_them_are_the_oracles(other: Build) -> None:
    found = other.query(
        """
        select stays.user_id, stays.city, stays.held_from, stays.days_of_30, homes.confirmed_on,
            coalesce(is_by_days, false), coalesce(is_by_profile, false),
            coalesce(is_by_local_evidence, false)
        from fct_short_video__stays as stays
        left join fct_short_video__homes as homes using (user_id, held_from)
        """
    )
    expected = [
        (user, stay.city, stay.since, stay.days_of_30, stay.confirmed_on, *stay.methods)
        for user, life in lives(other).items()
        for stay in life.stays
    ]
    assert sorted(map(str, found)) == sorted(map(str, expected))


def test_candidates_and_changes_are_the_oracles_with_their_effective_dates(other: Build) -> None:
    candidates, changes = moves_of(lives(other))
    assert sorted(
        other.query(
            """
            select user_id, old_city, new_city, flagged_on from fct_short_video__potential_moves
            """
        )
    ) == sorted(candidates)
    found = other.query(
        """
        select user_id, old_city, new_city, effective_date, detected_on
        from fct_short_video__location_changes
        """
    )
    assert len(found) > 25
    assert sorted(found) == sorted(
        (one.user, one.old_city, one.new_city, one.effective, one.detected) for one in changes
    )


STARTS: dict[str, Callable[[date], date]] = {
    "day": lambda day: day,
    "week": lambda day: day - timedelta(day.weekday()),
    "month": lambda day: day.replace(day=1),
}


def by_period(parts: Parts, metric: str) -> dict[tuple[str, date, str], float]:
    """Ratios of sums by grain, period and statistic."""
    sums: dict[tuple[str, date, str], tuple[float, float]] = {}
    for (name, statistic, day), (above, below) in parts.items():
        if name == metric:
            for grain, start in STARTS.items():
                key = grain, start(day), statistic
                before = sums.get(key, (0.0, 0.0))
                sums[key] = before[0] + above, before[1] + below
    return {key: above / below for key, (above, below) in sums.items() if below}


@pytest.mark.parametrize("metric", METRICS)
def test_a_mart_says_what_the_oracle_works_out_of_a_world_of_another_seed(
    metric: str, other: Build
) -> None:
    events, found = _events_and_lives(other)
    expected = by_period(parts_of(found, events, calendar(other)), metric)
    rows = other.query(
        f"""
        select period_grain, period_start, statistic, value, is_complete from mart_{metric}
        where dimension = 'all'
        """
    )
    complete = {row[:3] for row in rows if row[4]}
    mart = {row[:3]: row[3] for row in rows if row[4] and row[3] is not None}
    oracle = {key: value for key, value in expected.items() if key in complete}
    assert disagreements_of(mart, oracle, absolute=1e-9) == []


def test_the_oracle_has_every_metric_of_the_question(healthy: Build) -> None:
    found = [one.name for one in healthy.manifest().metrics() if one.question == "2.1.2"]
    assert sorted(found) == sorted(METRICS)


@cache
def planted_lives(world: str) -> tuple[Places, list[str]]:
    """Where the users of a world truly are, and their ids."""
    arguments = replace(SCENARIOS["short_video"].defaults, world=world)
    population = populate(arguments, WORLDS[world])
    users = population.actors.ids(np.arange(population.users)).to_pylist()
    return settle(arguments, WORLDS[world], population), users


def total(build: Build, metric: str, statistic: str, *, complete: bool = True) -> float:
    """A ratio of sums over the days."""
    [(found,)] = build.query(
        f"""
        select sum(numerator) / sum(denominator) from mart_{metric}
        where statistic = '{statistic}' and dimension = 'all' and period_grain = 'day'
            and (is_complete or {not complete})
        """
    )
    return float(found)


def against_the_truth(build: Build, world: str) -> tuple[float, float, float]:
    """Recall, precision and mean days from the day on which a move is stable."""
    places, users = planted_lives(world)
    last = (calendar(build)[-2] - FIRST_DAY).days
    stable = {
        (users[user], CITY_NAMES[places.other[user]]): int(places.leaves[user]) + SETTLING_DAYS
        for user in np.flatnonzero(places.is_mover)
    }
    detected = {
        (user, city): (day - FIRST_DAY).days
        for user, city, day in build.query(
            "select user_id, new_city, detected_on from fct_short_video__location_changes"
        )
    }
    delays = [
        detected.get(move, 10_000) - since for move, since in stable.items() if since + 45 <= last
    ]
    in_time = [delay for delay in delays if delay <= 45]
    precision = len(detected.keys() & stable.keys()) / len(detected)
    return len(in_time) / len(delays), precision, float(np.mean(in_time))


def test_detection_is_right_by_the_planted_truth_and_the_survey_says_so(healthy: Build) -> None:
    recall, precision, delay = against_the_truth(healthy, "healthy")
    assert recall > 0.8
    assert precision > 0.95
    # A sample of those who move says nearly what all of them would.
    assert total(healthy, "move_detection_accuracy", "recall") == pytest.approx(recall, abs=0.06)
    assert total(healthy, "move_detection_accuracy", "precision") > 0.95
    assert total(healthy, "move_detection_latency", "from_true_start") == pytest.approx(
        delay, abs=4
    )


def test_what_the_profile_says_is_no_precision(healthy: Build) -> None:
    """Most who move never tell it, and who tells it early is confirmed by it."""
    _, precision, _ = against_the_truth(healthy, "healthy")
    assert total(healthy, "move_detection_accuracy", "value") < precision - 0.5


def test_the_degraded_world_misses_moves_and_takes_journeys_for_them(degraded: Build) -> None:
    recall, precision, _ = against_the_truth(degraded, "degraded")
    assert recall < 0.7
    assert precision < 0.8
    assert total(degraded, "move_false_positive_rate", "value") > 0.15
    # The mean of what is detected is as good as ever: only the moves that are missed tell.
    latency = "move_detection_latency"
    assert total(degraded, latency, "within_60_days") < 0.7
    assert total(degraded, latency, "from_true_start") < 35


def test_candidates_taken_for_moves_would_be_journeys_often(healthy: Build) -> None:
    false = "move_false_positive_rate"
    assert total(healthy, false, "value") < 0.05
    assert total(healthy, false, "of_candidates") > 0.2
    flags = "user_potential_move_flag"
    assert total(healthy, flags, "switches") > 1.8 * total(healthy, flags, "value")


def test_changes_that_are_too_new_to_be_false_hide_those_that_are(degraded: Build) -> None:
    false = "move_false_positive_rate"
    assert total(degraded, false, "of_all_detected", complete=False) < 0.8 * total(
        degraded, false, "value"
    )


def test_a_row_for_each_that_has_a_row_hides_who_has_none(degraded: Build) -> None:
    [(of_itself,)] = degraded.query(
        """
        select count(*) / count(distinct (user_id, location_date))
        from fct_short_video__dominant_cities
        """
    )
    assert of_itself == 1
    assert total(degraded, "user_cdl_city", "coverage") < 0.9


def wrong_days(build: Build, rows: str, kind: int, first: int = 0) -> float:
    """Share of days of some users on which a query of user, day and city has not their home."""
    places, users = planted_lives("healthy")
    homes = {
        users[user]: CITY_NAMES[places.home[user]] for user in np.flatnonzero(places.kind == kind)
    }
    since = FIRST_DAY + timedelta(first)
    found = [
        city != homes[user]
        for user, day, city in build.query(rows)
        if user in homes and day >= since and city != UNKNOWN
    ]
    assert len(found) > 100
    return float(np.mean(found))


DOMINANT = "select user_id, location_date, city from fct_short_video__dominant_cities"
BY_SIGNALS = """
    select user_id, date_day, max_by(city, signals) from (
        select user_id, date_day, city, count(*) as signals
        from fct_short_video__location_signals
        join dim_short_video__dates on signal_date between date_day - 29 and date_day
        where city <> 'unknown' and {condition}
        group by user_id, date_day, city
    ) group by user_id, date_day
"""


@pytest.mark.parametrize(
    ("kind", "condition", "first"),
    [
        (HOLIDAY, "source = 'geotag'", 0),
        (COMMUTER, "source = 'gps'", 30),
        (VPN, "source = 'ip'", VPN_FROM + 30),
    ],
    ids=["pictures of a holiday", "a chatty app at work", "addresses behind a VPN"],
)
def test_counts_of_signals_say_another_city_than_votes(
    kind: int, condition: str, first: int, healthy: Build
) -> None:
    by_votes = wrong_days(healthy, DOMINANT, kind, first)
    by_signals = wrong_days(healthy, BY_SIGNALS.format(condition=condition), kind, first)
    # Votes are right on most days, and counts wrong on most; commuters are away on three of seven.
    assert by_votes < 0.5 < by_signals
    assert by_signals > by_votes + 0.25


# Words of columns that would say where somebody is more closely than a city, or by what.
CLOSER = re.compile(
    r"(^|_)(lat|lon|latitude|longitude|coordinates?|accuracy|ip|address|prefix|ssid|wifi|tower|cell|"
    r"network|query_terms|terms)(_|$)"
)
ADDRESS = re.compile(r"\d+\.\d+\.\d+\.\d*")


def test_no_coordinate_address_or_network_is_beyond_staging(healthy: Build) -> None:
    layers = {
        node["name"]: node["original_file_path"].split("/")[2]
        for node in healthy.manifest().models()
        if node["fqn"][1] == "short_video"
    }
    columns = healthy.query(
        """
        select table_name, column_name, data_type from duckdb_columns()
        where schema_name = 'main' order by all
        """
    )
    beyond = [column for column in columns if layers.get(column[0], "staging") != "staging"]
    assert len(beyond) > 300
    assert [name for name in beyond if CLOSER.search(name[1])] == []
    # The events do have them, so the test would see them.
    events = [column for column in columns if column[0].startswith("stg_short_video__")]
    assert len([name for name in events if CLOSER.search(name[1])]) >= 9
    networks = healthy.query(
        """
        select wifi_ssid_hashed from stg_short_video__network_change
        union select cell_tower_id from stg_short_video__network_change
        """
    )
    secret = {name for (name,) in networks if name}
    for table, column, data_type in beyond:
        if data_type == "VARCHAR":
            texts = {text for (text,) in healthy.query(f'select distinct "{column}" from {table}')}
            assert not texts & secret, (table, column)
            assert not [text for text in texts if text and ADDRESS.search(text)], (table, column)


def test_users_who_never_let_the_phone_say_where_they_are_have_a_city_too(healthy: Build) -> None:
    [(without, known)] = healthy.query(
        """
        select count(*), count(*) filter (where city <> 'unknown') from (
            select user_id, max_by(city, location_date) as city
            from fct_short_video__dominant_cities group by user_id having not bool_or(has_gps)
        )
        """
    )
    assert without > 20
    assert known > 0.9 * without
