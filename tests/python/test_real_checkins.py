"""Published check-ins as sessions with GPS: homes, and a journey that is no move."""

from __future__ import annotations

from collections import Counter
from datetime import date

import duckdb
import pytest
import yaml

from scripts.manifest import PROJECT
from tests.python.builds import Build, run_dbt

CHECKINS = PROJECT.parent / "shared/data/gowalla_checkins.tsv.gz"
RECIPE = PROJECT / "docs/recipes/gowalla_checkins.yml"
READ = f"""
    read_csv('{CHECKINS}', delim = '\t', header = false, columns = {{
        'user': 'varchar', 'time': 'timestamp', 'latitude': 'double', 'longitude': 'double',
        'place': 'varchar'
    }})
"""


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Build:
    """The room built from the published check-ins, as it is documented."""
    if not CHECKINS.exists():
        pytest.skip(f"the published check-ins, {CHECKINS}, are not beside this checkout")
    folder = tmp_path_factory.mktemp("gowalla")
    events = folder / "my_events"
    events.mkdir()
    with duckdb.connect() as connection:
        connection.execute(
            f"""
            copy (select row_number() over () as checkin, * from {READ})
            to '{events / "checkins.csv"}'
            """
        )
    variables = yaml.safe_load(RECIPE.read_text(encoding="utf-8")) | {"raw_path": str(events)}
    build = run_dbt(
        folder,
        *("build", "--select", "short_video", "--exclude-resource-type", "unit_test"),
        variables=variables,
        scenario="short_video",
    )
    assert build.exit_code == 0, build.output
    return build


def test_every_check_in_is_a_signal(real: Build) -> None:
    assert real.query(
        """
        select count(*), count(distinct user_id), min(signal_date), max(signal_date)
        from fct_short_video__location_signals
        """
    ) == [(10_000, 48, date(2009, 2, 5), date(2010, 10, 22))]


def test_homes_are_where_users_are_on_most_days(real: Build) -> None:
    """Home by cells of whole degrees and days is the city that is dominant on most days."""
    with duckdb.connect() as connection:
        days = connection.execute(
            f"""
            select user, round(latitude), round(longitude), count(distinct cast(time as date)) as n,
                avg(latitude), avg(longitude)
            from {READ} group by all having n >= 30 order by user, n
            """
        ).fetchall()
    cells = {user: (north, east) for user, *_, north, east in days}
    dominant: dict[str, Counter[str]] = {}
    for user, city, count in real.query(
        "select user_id, city, count(*) from fct_short_video__dominant_cities group by all"
    ):
        dominant.setdefault(user, Counter())[city] = count
    cities = {
        city: (north, east)
        for city, north, east in real.query(
            "select city, latitude, longitude from main_reference.short_video__cities"
        )
    }
    compared = []
    for user, (north, east) in cells.items():
        city = max(dominant[user].items(), key=lambda pair: pair[1])[0]
        if city != "unknown":
            to_north, to_east = cities[city]
            compared.append(abs(to_north - north) < 1 and abs(to_east - east) < 1)
    assert len(compared) >= 12
    assert sum(compared) >= 0.9 * len(compared)


def test_the_journey_of_user_19_is_no_move_and_the_way_home_is_taken_for_one(real: Build) -> None:
    """From Austin to San Diego for three weeks, and back; the log begins 13 days before."""
    days = {
        day: city
        for day, city in real.query(
            """
            select location_date, city from fct_short_video__dominant_cities
            where user_id = '19' and location_date between '2010-03-01' and '2010-05-31'
            """
        )
    }
    # The user is first seen on 12 March.
    assert days[date(2010, 3, 15)] == "Austin"
    assert days[date(2010, 4, 5)] == "San Diego"
    assert days[date(2010, 5, 20)] == "Austin"
    # San Diego is the first city that is held for long enough, so that it counts as the first home.
    changes = real.query(
        """
        select old_city, new_city from fct_short_video__location_changes
        where user_id = '19' and detected_on between '2010-03-01' and '2010-06-30'
        """
    )
    assert changes == [("San Diego", "Austin")]


def test_targets_without_their_events_are_neither_met_nor_missed(real: Build) -> None:
    statuses = dict(
        real.query(
            """
            select target_id, status from short_video__target_status
            where target_id like '2.1.2-%'
            """
        )
    )
    assert len(statuses) == 3
    assert not {"met", "missed"} & set(statuses.values())
