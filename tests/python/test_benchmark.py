"""What the benchmark works out, on tiny inputs; how long anything takes is not tested."""

from __future__ import annotations

import os
import sys
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

from scripts.benchmark.bare import run_bare
from scripts.benchmark.days import link_days
from scripts.benchmark.dbt import Dbt, Statement, engine_settings
from scripts.benchmark.machine import describe_machine
from scripts.benchmark.process import RunFailedError, measure
from scripts.benchmark.record import read_records, write_record
from scripts.benchmark.scans import bare_scan, columns_read
from scripts.benchmark.seeds import write_trivial_project
from scripts.benchmark.sizes import parse_size, ratios, size_name, spread
from scripts.benchmark.worlds import World


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
        with_scans=True,
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
