"""What the benchmark works out, on tiny inputs; how long anything takes is not tested."""

from __future__ import annotations

import os
import sys
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import duckdb
import pytest

from scripts.benchmark.bare import run_bare
from scripts.benchmark.chart import draw, panels
from scripts.benchmark.days import link_days
from scripts.benchmark.dbt import Dbt, Statement, engine_settings
from scripts.benchmark.limits import Line, fit, largest_day, limits_table, scanned_table
from scripts.benchmark.machine import describe_machine
from scripts.benchmark.process import RunFailedError, measure
from scripts.benchmark.record import read_records, write_record
from scripts.benchmark.report import BEGIN, END, report, write_into
from scripts.benchmark.scans import bare_scan, columns_read
from scripts.benchmark.seeds import write_trivial_project
from scripts.benchmark.sizes import parse_size, ratios, size_name, spread
from scripts.benchmark.sketches import measure_sketches
from scripts.benchmark.worlds import World
from scripts.manifest import PROJECT


@pytest.mark.parametrize(
    ("text", "size", "name"),
    [
        ("10M", 10_000_000, "10M"),
        ("100m", 100_000_000, "100M"),
        ("400k", 400_000, "400k"),
        ("1.5M", 1_500_000, "1.5M"),
        ("250_000", 250_000, "250k"),
        ("1B", 1_000_000_000, "1B"),
        ("123456", 123_456, "123456"),
    ],
)
def test_sizes_are_read_and_written_as_people_do(text: str, size: int, name: str) -> None:
    assert parse_size(text) == size
    assert size_name(size) == name
    assert parse_size(size_name(size)) == size


@pytest.mark.parametrize("text", ["", "many", "-5M", "0", "10G", "1e6"])
def test_what_is_not_a_size_is_an_error_that_quotes_it(text: str) -> None:
    with pytest.raises(ValueError, match=f"'{text}' is not a number of events"):
        parse_size(text)


def test_a_ratio_is_of_one_run_and_its_median_not_that_of_the_medians() -> None:
    found = ratios([10, 30, 20], [10, 10, 40])
    assert found == [1, 3, 0.5]
    assert spread(found).text() == "1.00 (0.50 to 3.00)"
    assert spread([2.0]).text() == "2.00"
    with pytest.raises(ValueError):
        ratios([1], [1, 2])
    with pytest.raises(ValueError):
        spread([])


def test_a_scan_reads_the_columns_of_a_query_and_of_its_filters_and_no_other() -> None:
    with duckdb.connect() as connection:
        connection.execute(
            "create table rides as select i as ride_id, i % 3 as city, i % 7 as kind, i as fare"
            " from range(1000) as rows (i)"
        )
        connection.execute(
            "create table cities as select i as city, i as zone from range(3) as r (i)"
        )
        found = columns_read(
            connection,
            "with chosen as (select * from rides where kind = 3)"
            " select city, zone, sum(fare) from chosen inner join cities using (city) group by all",
        )
        assert found == {
            "memory.main.cities": ["city", "zone"],
            "memory.main.rides": ["city", "fare", "kind"],
        }
        scanned = connection.execute(bare_scan("rides", ["city", "fare"])).fetchone()
        assert scanned is not None
        assert scanned[0] is not None


def test_bare_sql_is_run_in_order_with_the_settings_of_the_profile(tmp_path: Path) -> None:
    bare = run_bare(
        tmp_path,
        [
            Statement("main", "schema", 'create schema if not exists "main"'),
            Statement(
                "found_days", "model", "create table found_days as select 1 as day, 2 as unused"
            ),
            Statement(
                "kept",
                "model",
                "create or replace table kept as select day, current_setting('TimeZone') as zone,"
                " current_setting('memory_limit') as memory from found_days",
            ),
        ],
        scanned=["kept"],
    )
    with duckdb.connect(str(tmp_path / "gsmt.duckdb"), read_only=True) as connection:
        row = connection.execute("select day, zone from kept").fetchone()
    assert row == (1, engine_settings()["TimeZone"])
    assert set(bare.statements) == {"main", "found_days", "kept"}
    assert bare.columns["kept"] == {"gsmt.main.found_days": ["day"]}
    assert bare.measured.peak_bytes > 2**20


def test_a_statement_that_fails_is_an_error_that_says_where_to_look(tmp_path: Path) -> None:
    with pytest.raises(RunFailedError, match=r"output\.txt"):
        run_bare(tmp_path, [Statement("broken", "model", "create table x as select nothing")])
    assert "nothing" in (tmp_path / "output.txt").read_text(encoding="utf-8")


def test_memory_is_that_of_the_program_that_was_run(tmp_path: Path) -> None:
    def peak(megabytes: int) -> int:
        program = f"kept = bytearray(b'x' * {megabytes * 10**6})"
        return measure([sys.executable, "-c", program], tmp_path / "output.txt").peak_bytes

    assert peak(200) - peak(1) > 150 * 10**6


def test_trivial_projects_have_as_many_nodes_of_each_kind_as_asked_for(tmp_path: Path) -> None:
    kinds = {"seed": 2, "view": 1, "table": 2, "test": 3, "unit_test": 2}
    dbt = Dbt(tmp_path / "dbt", project=write_trivial_project(tmp_path / "project", kinds))
    _, nodes = dbt.run("build")
    found = [node.kind for node in nodes]
    assert {kind: found.count(kind) for kind in set(found)} == {
        "seed": 2,
        "model": 3,
        "test": 3,
        "unit_test": 2,
    }
    statements = dbt.statements(nodes)
    assert len(statements) == 1 + len(nodes)
    assert run_bare(tmp_path / "bare", statements).seconds > 0


def test_a_history_has_the_days_asked_for_and_a_day_can_be_added(tmp_path: Path) -> None:
    world = World(tmp_path / "world")
    for day in range(1, 6):
        folder = world.folder / "ride_sharing" / "rides" / f"event_date=2026-01-0{day}"
        folder.mkdir(parents=True)
        duckdb.execute(f"copy (select 1 from range({day})) to '{folder / 'events.parquet'}'")
    history = link_days(world, tmp_path / "raw", date(2026, 1, 2), date(2026, 1, 3))
    assert history.days() == [date(2026, 1, 2), date(2026, 1, 3)]
    assert history.events() == 2 + 3
    assert World(world.folder, only=("fares",)).days() == []
    link_days(world, history.folder, date(2026, 1, 4), date(2026, 1, 4))
    assert history.events() == 2 + 3 + 4
    files = duckdb.execute(
        f"select count(*) from glob('{history.folder}/ride_sharing/rides/**/*.parquet')"
    ).fetchone()
    assert files == (3,)


def test_records_are_read_by_part_and_by_number_of_events(tmp_path: Path) -> None:
    machine = describe_machine(tmp_path)
    assert machine["cores"] == str(os.cpu_count())
    for size, number in (("100M", 100), ("10M", 10)):
        write_record(tmp_path, "days", size, machine, {"events": number})
    write_record(tmp_path, "seeds", None, machine, {})
    found: list[dict[str, Any]] = read_records(tmp_path, "days")
    assert [record["size"] for record in found] == ["10M", "100M"]
    assert read_records(tmp_path, "generator") == []


def test_runs_are_added_to_those_measured_before_or_take_their_place(tmp_path: Path) -> None:
    def add(run: int, load: str, add: bool = True) -> dict[str, Any]:
        machine = {"cores": "2", "load at start": load}
        write_record(tmp_path, "events", "10M", machine, {"events": 10, "runs": [run]}, add)
        return read_records(tmp_path, "events")[0]

    assert add(1, "0.1")["runs"] == [1]
    both = add(2, "0.2")
    assert both["runs"] == [1, 2]
    assert both["machine"] == {"cores": "2", "load at start": "0.1, then 0.2"}
    assert add(3, "0.3", add=False)["runs"] == [3]


def record_everything(folder: Path) -> None:
    """Write one record of each part, with figures that are easy to divide."""
    machine = {"CPU": "abacus", "cores": "2", "load at start": "0.00"}
    mart = "gsmt.mart_fill"
    write_record(
        folder,
        "seeds",
        None,
        machine,
        {
            "nodes": {"seed": 1, "unit_test": 2},
            "runs": [{"build_seconds": 30, "trivial_seconds": 15, "bare_seconds": 5}],
        },
    )
    build = {
        "build_seconds": 100,
        "bare_seconds": 80,
        "model_seconds": 90,
        "bare_model_seconds": 60,
        "peak_bytes": 2**31,
        "bare_peak_bytes": 2**30,
        "failed": [],
        "facts": {
            f"gsmt.fct_{name}": {"dbt_seconds": s, "bare_seconds": s, "scan_seconds": 1}
            for name, s in (("light", 1), ("flows", 8), ("days", 9), ("steps", 7))
        },
        "marts": {mart: {"dbt_seconds": 3, "bare_seconds": 2, "scan_seconds": 0.5}},
    }
    size = {"events": 10**7, "days": 100, "raw_bytes": 3 * 10**8, "database_bytes": 7 * 10**8}
    write_record(folder, "events", "10M", machine, {**size, "runs": [build, build]})
    for name, events, seconds in (("10M", 10**5, 20), ("100M", 10**6, 38)):
        day = {
            "added_day": "2026-07-24",
            "events_of_day": events,
            "bytes_of_day": 10**6,
            "bytes_read": 10**7,
            "days_read": 7,
            "full_build_seconds": {"30": 40, "180": 200},
            "events": events * 100,
        }
        runs = [
            {
                "run": number,
                "history": history,
                "build_seconds": seconds,
                "run_seconds": 10,
                "model_seconds": 8,
                "peak_bytes": 2**30,
                "nodes": {"steady": 1.0, "growing": history / 10},
            }
            for number in range(3)
            for history in (30, 180)
        ]
        write_record(folder, "days", name, machine, {**day, "runs": runs})
    located = [
        {**run, "location_seconds": seconds} for run, seconds in zip(runs, [2, 12] * 3, strict=True)
    ]
    write_record(
        folder, "location", "100k_users", machine, {**day, "runs": located, "users": 10**5}
    )
    made = {"run": 0, "processes": 2, "seconds": 10, "events": 10**7, "raw_bytes": 3 * 10**8}
    runs = [{**made, "peak_bytes": 2**30, "files": 9}]
    write_record(folder, "generator", "10M", machine, {"events": 10**7, "runs": runs})
    figure = {"median_error": 0.09, "p95_error": 0.2, "largest_error": 0.5}
    seconds_taken = {"exact_seconds": [2.0], "sketch_seconds": [0.5]}
    figures = {"daily riders": figure | seconds_taken}
    sketches = {"events": 10**7, "figures": figures, "merged": {"months": 9, "equal": 9}}
    write_record(folder, "sketches", "10M", machine, sketches)


def test_the_report_has_a_table_for_every_part_and_what_it_was_measured_on(tmp_path: Path) -> None:
    record_everything(tmp_path)
    text = report(tmp_path)
    for line in (
        "| as many nodes of `select 1` | 15.0 | 2.00 |",
        "| the same SQL bare in DuckDB | 5.0 | 6.00 |",
        "| models and tests, s | 100 | 80 | 1.25 |",
        "| peak memory, GiB | 2.0 | 1.0 |  |",
        "| `fct_days` | 9.00 | 9.00 | 1.00 | 1.00 | 9.0 |",
        "| `mart_fill` | 3.00 | 2.00 | 0.50 | 1.50 | 4.0 |",
        "| 180 days | 20.0 | 1.00 | 10.0 | 1.00 | 8.0 | 1.00 | 1.0 | 200 |",
        "| `growing` | 3.00 | 18.00 | 15.00 |",
        "| 180 days | 12.0 | 6.00 | 38.0 | 1.00 | 10.0 | 1.00 | 8.0 | 1.00 | 1.0 | 200 |",
        "| 2 | 10.0 | 1,000,000 | 30.0 | 1.0 |",
        "| daily riders | 2.00 | 0.50 | 9.00% | 20.00% | 50.00% |",
        "| CPU | abacus |",
    ):
        assert line in text, f"{line}\n{text}"
    assert "fct_light" not in text


def test_a_day_is_extrapolated_from_its_fixed_part_and_its_events(tmp_path: Path) -> None:
    record_everything(tmp_path)
    # 18 more seconds for 900,000 more events, over 18 seconds that are there without events.
    assert largest_day(tmp_path, 3618) == pytest.approx(180_000_000)
    _, rows = limits_table(tmp_path)
    # A billion events a day: 18 + 20,000 s, 10 us an event built whole, 100 bytes each.
    assert rows[3] == ["1B", "6 h", "42 days", "36.5 TB"]
    _, scanned = scanned_table(tmp_path)
    assert scanned[0][1:] == ["21,900", "21.9 TB", "21.9 PB"]


def test_one_measured_day_is_all_put_down_to_its_events() -> None:
    assert fit([(100, 10)]) == Line(0, 0.1)
    assert fit([(100, 10), (1000, 9)]) == Line(0, 0.009)
    assert fit([(100, 10), (1000, 100)]) == Line(0, 0.1)


def test_tables_take_the_place_of_older_ones_in_a_page(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(f"before\n{BEGIN}\nold\n{END}\nafter\n", encoding="utf-8")
    write_into(page, "new")
    write_into(page, "newer")
    assert page.read_text(encoding="utf-8") == f"before\n{BEGIN}\n\nnewer\n\n{END}\nafter\n"
    page.write_text("no place", encoding="utf-8")
    with pytest.raises(ValueError, match="has no place for the tables"):
        write_into(page, "new")
    assert BEGIN in (PROJECT / "docs" / "scale.md").read_text(encoding="utf-8")


def test_the_chart_is_sound_svg_with_a_bar_for_each_figure(tmp_path: Path) -> None:
    record_everything(tmp_path)
    drawn = ElementTree.fromstring(draw(panels(tmp_path)))
    tooltips = [element.text for element in drawn.iter() if element.tag.endswith("title")]
    # One build, two histories in two sizes, one mart with a scan.
    assert len(tooltips) == 2 + 4 + 3
    assert panels(tmp_path / "nothing") == []


def test_sketches_are_compared_with_exact_figures_in_every_slice(tmp_path: Path) -> None:
    database = tmp_path / "gsmt.duckdb"
    slices = "'a' as city, 'b' as platform, 'c' as rider_tenure, 'd' as time_of_day"
    day = "cast('2026-01-01' as date) + cast(i % 40 as integer) as ride_date"
    with duckdb.connect(str(database)) as connection:
        connection.execute(
            f"create table fct_ride_sharing__rider_days as select i // 2 as rider_id, {day},"
            f" {slices} from range(80000) as rows (i)"
        )
        connection.execute(
            f"create table fct_ride_sharing__legs as select i % 600 as detour_seconds, {day},"
            f" {slices} from range(80000) as rows (i)"
        )
    measured = measure_sketches(database, 1, lambda line: None)
    assert measured["merged"] == {"months": 2, "equal": 2}
    # 40 days, or two months, each in the whole and in the one member of four slices.
    assert measured["figures"]["daily riders"]["compared"] == 40 * 5
    assert measured["figures"]["P95 of detour, by month"]["compared"] == 2 * 5
    assert 0 <= measured["figures"]["P95 of detour, by month"]["largest_error"] < 0.02
