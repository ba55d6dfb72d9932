"""Logs with names, words and units of their own, read through var event_mapping."""

from __future__ import annotations

import json
import re
from copy import deepcopy
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest
import yaml

from scripts.manifest import PROJECT
from scripts.worlds.registry import SCENARIOS
from tests.python.builds import Build, WarmDbt, make_world, render
from tests.python.foreign_log import MAPPING, log_query, write_log
from tests.python.test_your_own_events import assert_same_marts

STAGING = ("run", "--select", "ride_sharing.staging")
MODELS = ("build", "--select", "ride_sharing", "--exclude-resource-type", "test", "unit_test")


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A healthy world with its faults, as CSV files."""
    return make_world(tmp_path_factory.mktemp("world"))


@pytest.fixture(scope="module")
def as_it_is(world: Path, dbt: WarmDbt, tmp_path_factory: pytest.TempPathFactory) -> Build:
    """What the world builds without a mapping."""
    folder = tmp_path_factory.mktemp("as_it_is")
    build = dbt.run(folder, *MODELS, variables={"raw_path": str(world)}, scenario="ride_sharing")
    assert build.exit_code == 0, build.output
    return build


@pytest.fixture(scope="module")
def mapped(world: Path, dbt: WarmDbt, tmp_path_factory: pytest.TempPathFactory) -> Build:
    """The same world, logged in another way and read through a mapping, with its tests."""
    folder = tmp_path_factory.mktemp("mapped")
    log = write_log(world, folder / "raw/app_log.csv")
    with (log / "app_log.csv").open("a", encoding="utf-8") as file:
        file.write("zz,1,,,,,,,,opened the app\n")
    variables = {"raw_path": str(log), "event_mapping": {"ride_sharing": MAPPING}}
    arguments = ("build", "--select", "ride_sharing", "--exclude-resource-type", "unit_test")
    build = dbt.run(folder, *arguments, variables=variables, scenario="ride_sharing")
    assert build.exit_code == 0, build.output
    return build


def test_a_mapped_log_builds_the_marts_of_the_world_it_was_made_from(
    mapped: Build, as_it_is: Build
) -> None:
    assert_same_marts(mapped, as_it_is)
    found = "select event_name, disposition, reason, count(*) from ride_sharing__quarantine"
    found += " group by all order by all"
    assert mapped.query(found) == as_it_is.query(found)


def test_rows_of_a_log_that_are_no_event_are_said(mapped: Build) -> None:
    said = "event_mapping: 1 row(s) of app_log are no event of this project (type: opened the app)"
    assert said in mapped.output


def test_the_quarantine_has_rows_of_the_log_as_they_lie_there(mapped: Build) -> None:
    rows = mapped.query(
        """
        select origin, origin_row, content, field, reason from ride_sharing__quarantine
        where event_name = 'ride_completion' and disposition = 'rejected'
        """
    )
    assert len(rows) > 5
    log = rows[0][0]
    assert log.endswith("raw/app_log.csv")
    lines = duckdb.sql(f"from read_csv('{log}', all_varchar = true, null_padding = true)")
    names, content = lines.columns, lines.fetchall()
    for _, number, text, _, _ in rows:
        fields = zip(names, content[number - 1], strict=True)
        assert json.loads(text) == {name: field for name, field in fields if field is not None}
    [(_, _, text, _, reason)] = [row for row in rows if row[3] == "duration_seconds"]
    assert not json.loads(text)["took"].replace(".", "").isdigit()
    assert reason == "duration_seconds does not read as integer"


LOG = """ts,type,uid,fare,kind,when,flag
1767261600,it's done,u1,1250,pool,2026-01-01,true
1767261660,it's done,u2,n/a,solo,2026-01-02,false
"""
# What is said of each mistake, with what makes it. The log of mistakes has the columns of LOG.
ENVELOPE = {
    "event_id": {"columns": ["uid", "ts"]},
    "event_at": {"column": "ts", "unit": "unix_seconds"},
    "received_at": {"field": "event_at"},
    "user_id": "uid",
    "platform": {"constant": "web"},
}
IN_THE_MAPPING: dict[str, tuple[dict[str, Any], list[str]]] = {
    "ride_sharing.every_event": ({"fields": ENVELOPE}, []),
    "taxis": (
        {},
        [f" is not a scenario; those are {', '.join(SCENARIOS)}"],
    ),
    "cloud_storage.every_event": ({"from": "log"}, []),
    "cloud_storage.quick_access_click": (
        {"where": {"type": "click"}},
        [": is mapped, and named in absent_events"],
    ),
    "cloud_storage.file_opened": (
        {},
        [": would take all rows of log; say which with where (if your product does not log this"],
    ),
    "messenger.message_snt": (
        {},
        [" is not an event; those are app_session_start, app_uninstall,"],
    ),
    "messenger.message_sent": (
        {"form": "app_log", "from": "", "where": {"type": {"is": "x"}}},
        [
            ": 'form' is not one of from, where, fields",
            '.from: "" is not the name of a file or folder',
            '.where.type: {"is": "x"} is neither a value nor a list of values',
        ],
    ),
    "messenger.message_received": ({"where": "type = 'x'"}, [".where is not a mapping of columns"]),
    "messenger.app_uninstall": ({"fields": ["uid"]}, [".fields is not a mapping of fields"]),
    "ride_sharing.ride_completion": (
        {
            "fields": {
                "fare": "fare",
                "ride_id": 5,
                "fare_usd": {"column": "fare", "unit": "minutes"},
                "city": {"column": "kind", "unit": "miles"},
                "ride_type": {"column": "kind", "values": {"pool": "shared"}},
                "platform": {"constant": "desktop"},
                "distance_km": {"constant": "far"},
                "duration_seconds": {"columns": ["fare", "ts"]},
                "driver_id": {"colum": "driver"},
                "request_id": {"column": "a", "sql": "b"},
                "event_at": {"column": "when", "format": "%d/%Q"},
                "received_at": {"field": "fare_usd"},
                "user_id": {"constant": "u", "values": {"u": "v"}},
                "app_version": {"column": "ts", "format": "%Y", "values": {"u": "v"}},
                "country": {"column": None},
            }
        },
        [
            ".fare: is not a field; fields are event_id, event_at,",
            ".ride_id: 5 is not the name of a column; a value for all rows is {constant: ...}",
            ".fare_usd: unit 'minutes' is not one of cents, dollars",
            ".city: the field has no unit",
            ".ride_type: values: 'pool' becomes 'shared', which is not one of carpool, standard",
            ".platform: constant is 'desktop', which is not one of ios, android, web",
            ".distance_km: constant is 'far', which does not read as double",
            ".duration_seconds: several columns make a text, and the field is of type integer",
            ".driver_id: 'colum' is not one of column, columns, constant, field, sql, values,",
            ".driver_id: needs one of column, columns, constant, field, sql, and has none",
            ".request_id: needs one of column, columns, constant, field, sql, and has column and",
            ".event_at: format '%d/%Q' has other codes than %Y, %y,",
            ".received_at: fare_usd is of type double, expected timestamp",
            ".user_id: values goes with a column only",
            ".app_version: has values and format, of which there can be one",
            ".country: column is null, expected text",
        ],
    ),
}
ABSENT = [
    f"cloud_storage.{event}"
    for event in (
        "experiment_assignment",
        "navigation_action",
        "quick_access_click",
        "quick_access_impression",
        "quick_access_negative_feedback",
        "search_query_executed",
        "user_first_quick_access_click",
    )
]
IN_THE_LOG: dict[str, tuple[dict[str, Any], list[str]]] = {
    "ride_sharing.user_first_ride": (
        {"from": "log", "where": {"typ": "x"}, "fields": {"ride_id": "ride", "ride_type": "kind"}},
        [
            ".where: {log} has no column typ; it has ts, type, uid, fare, kind, when, flag",
            ".ride_id: {log} has no column ride; it has ts, type, uid, fare, kind, when, flag",
        ],
    ),
    "ride_sharing.carpool_ride_match_failure": (
        {
            "from": "log",
            "where": {"type": "it's dne"},
            "fields": dict.fromkeys(("request_id", "reason_code"), "kind"),
        },
        [""".where: no row of {log} has type = "it's dne" (it holds it's done) (if your product"""],
    ),
    "ride_sharing.support_ticket_created": (
        {"from": "nowhere"},
        ["no file {raw}/nowhere.parquet or .csv, nor a folder of them"],
    ),
    "ride_sharing.carpool_ride_request": (
        {
            "from": "log",
            "fields": {
                "request_id": {"sql": "lower(fare"},
                "origin_lat": {"sql": "cast(fare as double) + far"},
                "origin_lon": {"constant": "1"},
                "destination_lat": {"constant": 1.5},
                "destination_lon": {"constant": 2},
            },
        },
        [
            ".request_id: sql: does not parse: syntax error at or near",
            ".origin_lat: sql: there is no column far; {log} has ts,",
        ],
    ),
    "ride_sharing.ride_rating_submitted": (
        {
            "from": "typed",
            "fields": {
                "event_at": "ts",
                "ride_id": "uid",
                "rated_entity_type": None,
                "rating_score": {"constant": 5},
                "ride_type": "kind",
                "feedback_tags_list": None,
            },
        },
        [
            ".event_at: column ts of {typed} holds whole numbers; say their unit, one of unix_sec",
            ".rated_entity_id: is required, and has no source; {typed} has ts, type, uid,",
            ".rated_entity_type: is required, and has no source; {typed} has ts, type, uid,",
        ],
    ),
    "ride_sharing.carpool_leg_details": (
        {
            "from": "typed",
            "fields": {
                "ride_id": "uid",
                "leg_user_id": "uid",
                "leg_pickup_timestamp": {"column": "flag", "unit": "unix_seconds"},
                "leg_dropoff_timestamp": {"column": "ts", "unit": "unix_seconds"},
                "leg_intended_detour_seconds": "ts",
            },
        },
        [
            ".leg_pickup_timestamp: column flag of {typed} has type BOOLEAN, and a unit needs a",
        ],
    ),
    "ride_sharing.ride_cancellation": (
        {
            "from": "log",
            "fields": {
                "event_at": {"column": "when", "format": "%d.%m.%Y"},
                "stage_of_cancellation": "kind",
                "reason_code": "kind",
                "ride_type": "kind",
            },
        },
        [
            ", from {log}: column event_at holds text such as 'unreadable: 2026-01-01' and not one",
            ", from {log}: column received_at holds text such as 'unreadable: 2026-01-01' and not",
        ],
    ),
    "ride_sharing.carpool_ride_match_success": (
        {
            "from": "parts",
            "fields": {
                "request_id": "uid",
                "driver_id": "uid",
                "initial_eta_seconds": {"column": "fare", "unit": "minutes"},
            },
        },
        ["{raw}/parts/1.parquet: column fare has type INTEGER, where 1 other files have VARCHAR"],
    ),
}


def test_every_mistake_in_a_mapping_is_named_before_anything_is_built(
    dbt: WarmDbt, tmp_path: Path
) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    (raw / "log.csv").write_text(LOG, encoding="utf-8")
    duckdb.execute(f"copy (from read_csv('{raw}/log.csv')) to '{raw}/typed.parquet'")
    (raw / "parts").mkdir()
    for part, fare in enumerate(("fare as fare", "1250 as fare")):
        select = f"select * replace ({fare}) from read_csv('{raw}/log.csv')"
        duckdb.execute(f"copy ({select}) to '{raw}/parts/{part}.parquet'")
    places = {"log": f"{raw}/log.csv", "typed": f"{raw}/typed.parquet", "raw": str(raw)}
    mapping: dict[str, dict[str, Any]] = {}
    expected = []
    for mistakes in (IN_THE_MAPPING, IN_THE_LOG):
        for place, (entry, said) in mistakes.items():
            scenario, _, event = place.partition(".")
            mapping.setdefault(scenario, {}).update({event: entry} if event else {})
            for end in said:
                text = end if mistakes is IN_THE_MAPPING else end.format(**places)
                is_of_files = str(raw) in text.partition(": ")[0]
                expected.append(text if is_of_files else f"event_mapping.{place}{text}")

    variables = {"raw_path": str(raw), "event_mapping": mapping, "absent_events": ABSENT}
    build = dbt.run(tmp_path, *STAGING, variables=variables)

    assert build.exit_code != 0
    lines = {line.strip() for line in build.output.splitlines() if line.startswith("    - ")}
    assert [text for text in expected if text not in build.output] == [], build.output
    assert len(lines) == len(expected), build.output
    assert f"because of {len(expected)} problem(s)" in build.output
    assert build.query("select count(*) from information_schema.tables") == [(0,)]


def test_only_new_days_of_a_mapped_log_are_read(
    world: Path, as_it_is: Build, dbt: WarmDbt, tmp_path: Path
) -> None:
    """A log of typed Parquet in folders of days, built whole and then with more days."""
    happened = "make_timestamp(try_cast(ts as bigint) * 1000)"
    received = "try_strptime(arrived, '%d.%m.%Y %H:%M:%S')"
    duckdb.execute(
        f"""
        create or replace table app_log as
        select
            * replace (try_cast(ts as bigint) as ts, {received} as arrived),
            cast(coalesce(least({happened}, {received}), {received}) as date) as event_date
        from ({log_query(world)})
        """
    )
    mapping = {"ride_sharing": deepcopy(MAPPING)}
    mapping["ride_sharing"]["every_event"]["fields"]["received_at"] = "arrived"
    variables = {"raw_path": str(tmp_path / "raw"), "event_mapping": mapping}
    last = date(2026, 9, 1)

    def deliver(days: str) -> Build:
        duckdb.execute(
            f"""
            copy (from app_log where event_date {days}) to '{tmp_path}/raw/app_log'
            (format parquet, partition_by (event_date), overwrite_or_ignore)
            """
        )
        return dbt.run(tmp_path, *MODELS, variables=variables, scenario="ride_sharing")

    (tmp_path / "raw").mkdir()
    whole = deliver(f"<= date '{last}'")
    assert whole.exit_code == 0, whole.output
    more = deliver(f"> date '{last}'")
    assert more.exit_code == 0, more.output

    assert_same_marts(more, as_it_is)
    sql = "compiled/gsmt/models/ride_sharing/staging/stg_ride_sharing__ride_completion.sql"
    read = (more.target / sql).read_text(encoding="utf-8")
    # The late days, and those on which a second delivery would have its first.
    assert f"event_date={last - timedelta(days=5 + 7)}/" in read
    assert f"event_date={last - timedelta(days=6 + 7)}/" not in read


def test_another_mapping_builds_everything_anew(mapped: Build, dbt: WarmDbt) -> None:
    folder = mapped.database.parent
    mapping = {"ride_sharing": deepcopy(MAPPING)}
    mapping["ride_sharing"]["ride_completion"]["fields"]["carpool_rider_count"] = None
    variables = {"raw_path": str(folder / "raw"), "event_mapping": mapping}

    build = dbt.run(folder, *STAGING, variables=variables, scenario="ride_sharing")

    assert build.exit_code == 0, build.output
    assert "ride_sharing is built whole: its settings have changed" in build.output


def test_a_mapped_log_may_be_a_table_of_the_warehouse(
    world: Path, mapped: Build, as_it_is: Build, dbt: WarmDbt, tmp_path: Path
) -> None:
    with duckdb.connect(str(tmp_path / "gsmt.duckdb")) as connection:
        connection.execute("create schema my_events")
        connection.execute(f"create table my_events.app_log as {log_query(world)}")
    mapping = {"ride_sharing": MAPPING}
    variables = {"raw_schema": "my_events", "event_mapping": mapping}

    build = dbt.run(tmp_path, *STAGING, variables=variables, scenario="ride_sharing")

    assert build.exit_code == 0, build.output
    for event in ("ride_completion", "ride_rating_submitted"):
        count = f"select count(*) from stg_ride_sharing__{event}"
        assert build.query(count) == as_it_is.query(count)
    [(origin, content)] = build.query(
        """
        select distinct origin, json_extract_string(content, '$.type')
        from ride_sharing__quarantine where event_name = 'carpool_ride_match_success'
        """
    )
    assert (origin, content) == ("my_events.app_log", "it's a match")


@pytest.mark.parametrize("is_text", [True, False])
def test_units_and_forms_of_time_are_read_as_they_are(tmp_path: Path, is_text: bool) -> None:
    """A number as text and as a number; text that does not read as it reads as nothing."""
    fields: list[tuple[str, str, dict[str, Any], Any, Any]] = [
        ("fare_usd", "double", {"unit": "cents"}, 1999, 19.99),
        ("fare_usd_driver_share", "double", {"unit": "dollars"}, 19.5, 19.5),
        ("duration_seconds", "integer", {"unit": "minutes"}, 2.51, 151),
        ("duration_seconds", "integer", {"unit": "milliseconds"}, 90400, 90),
        ("duration_seconds", "integer", {"unit": "hours"}, 2, 7200),
        ("distance_km", "double", {"unit": "miles"}, 10, 16.09344),
        ("distance_km", "double", {"unit": "meters"}, 1500, 1.5),
        ("event_at", "timestamp", {"unit": "unix_seconds"}, 1767261600, "2026-01-01 10:00:00"),
        ("event_at", "timestamp", {"unit": "unix_seconds"}, 1767261600.5, "2026-01-01 10:00:00.5"),
        (
            "event_at",
            "timestamp",
            {"unit": "unix_milliseconds"},
            1767261600123,
            "2026-01-01 10:00:00.123",
        ),
        (
            "event_at",
            "timestamp",
            {"unit": "unix_microseconds"},
            1767261600123456,
            "2026-01-01 10:00:00.123456",
        ),
        ("event_at", "timestamp", {"unit": "unix_seconds"}, 1767261600123, None),
        ("event_at", "timestamp", {"format": "%Y%m%d"}, 20260101, "2026-01-01 00:00:00"),
    ]
    if is_text:
        fields += [
            ("fare_usd", "double", {"unit": "cents"}, "12,50", None),
            ("duration_seconds", "integer", {"unit": "minutes"}, "n/a", None),
            ("event_at", "timestamp", {"unit": "unix_seconds"}, "2026-01-01", None),
            ("event_at", "timestamp", {"format": "%d/%m/%Y"}, "2026-01-02", None),
            ("event_at", "timestamp", {"format": "%d/%m/%Y %z"}, "02/01/2026 +02:00",
             "2026-01-01 22:00:00"),
        ]  # fmt: skip
    selects = []
    for number, (name, data_type, how, value, _) in enumerate(fields):
        column = {"name": name, "data_type": data_type, "rules": {}}
        field = json.dumps({"column": column, "source": {"column": 'the "n"', **how}})
        mapped_value = (
            f"mapped_value({field}, [], {{'the \"n\"': '{'VARCHAR' if is_text else 'BIGINT'}'}})"
        )
        parsed = f"parse_value('v', '{data_type}')"
        raw = f"'{value}'" if is_text else str(value)
        selects.append(
            f"select {number} as place, cast({{{{ {parsed} }}}} as varchar) as value"
            f" from (select {{{{ {mapped_value} }}}} as v"
            f' from (select {raw} as "the ""n"""))'
        )
    query = render(tmp_path, " union all ".join(selects) + " order by place")
    found = [value for _, value in duckdb.sql(query).fetchall()]
    assert found == [None if value is None else str(value) for *_, value in fields]


@pytest.mark.parametrize("page", ["README.md", "docs/mapping.md"])
def test_what_the_docs_show_is_a_mapping(page: str, tmp_path: Path) -> None:
    text = (PROJECT / page).read_text(encoding="utf-8")
    examples = re.findall(r"```yaml\n(.*?)```", text, re.DOTALL)
    [shown] = [yaml.safe_load(one) for one in examples if "event_mapping:" in one]
    variables = {"raw_path": "my_events", **shown}

    rendered = render(tmp_path, "{{ tojson(check_event_mapping()) }}", variables)

    forgotten = [problem for problems in json.loads(rendered).values() for problem in problems]
    assert [
        problem for problem in forgotten if "would take all rows of app_log" not in problem
    ] == []
