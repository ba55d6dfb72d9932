"""Files that cannot be read: what is said, and that the last good build stays as it was."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from tests.python.deliveries import (
    LAST,
    MODELS,
    SECOND,
    History,
    Warehouse,
    day_file,
    differences,
    write_rows,
)

EVENT = "ride_completion"
Spoil = Callable[[Path], list[str]]


def cut_short(file: Path) -> list[str]:
    content = file.read_bytes()
    file.write_bytes(content[: len(content) // 2])
    return [str(file), "No magic bytes found at end of file"]


def emptied(file: Path) -> list[str]:
    file.write_bytes(b"")
    return [str(file), "too small to be a Parquet file"]


def overwritten_in_the_middle(file: Path) -> list[str]:
    content = file.read_bytes()
    third = len(content) // 3
    file.write_bytes(content[:third] + b"\xff" * third + content[2 * third :])
    return [f'Failed to read file "{file}"']


def text_for_a_number(file: Path) -> list[str]:
    write_rows(file, f"select * replace ('long' as duration_seconds) from '{file}'")
    return [f"{file}: column duration_seconds has type VARCHAR, where"]


def truth_for_a_number(file: Path) -> list[str]:
    write_rows(file, f"select * replace (true as duration_seconds) from '{file}'")
    return [f"{file}: column duration_seconds has type BOOLEAN, expected integer"]


def outside_the_days(file: Path) -> list[str]:
    stray = file.parent.parent / "more.parquet"
    shutil.copyfile(file, stray)
    return [f"{stray}: not in a folder event_date=YYYY-MM-DD"]


def day_in_words(file: Path) -> list[str]:
    stray = file.parent.with_name("event_date=yesterday") / file.name
    stray.parent.mkdir()
    shutil.copyfile(file, stray)
    return [f"{stray}: not in a folder event_date=YYYY-MM-DD"]


def day_that_does_not_exist(file: Path) -> list[str]:
    stray = file.parent.with_name("event_date=2026-06-31") / file.name
    stray.parent.mkdir()
    shutil.copyfile(file, stray)
    return [f"{stray}: not in a folder event_date=YYYY-MM-DD"]


@pytest.mark.parametrize(
    "spoil",
    [
        cut_short,
        emptied,
        overwritten_in_the_middle,
        text_for_a_number,
        truth_for_a_number,
        outside_the_days,
        day_in_words,
        day_that_does_not_exist,
    ],
)
def test_a_broken_file_is_named_and_the_marts_stay_as_they_were(
    warehouse: Warehouse, history: History, rebuilt: Path, spoil: Spoil
) -> None:
    good = history.databases[SECOND]
    warehouse.restore(good)
    warehouse.deliver(LAST)
    said = spoil(day_file(warehouse.raw, EVENT, LAST))

    build = warehouse.build(succeeds=False)

    assert build.exit_code == 1
    assert [part for part in said if part not in build.output] == [], build.output
    assert "Traceback" not in build.output
    changed = differences(warehouse.database, good)
    assert not [table for table in changed if table.startswith("mart_")]
    # Only damage that no look at a file's beginning and end can find is found while building.
    assert not changed or spoil is overwritten_in_the_middle

    # Where nothing has changed, the next build begins as any other: to see one is enough.
    if changed or spoil is cut_short:
        warehouse.deliver(LAST)
        warehouse.build()
        assert differences(warehouse.database, rebuilt) == {}


def test_a_disk_that_is_full_is_named_and_the_build_can_be_run_again(
    warehouse: Warehouse, history: History, rebuilt: Path
) -> None:
    """No file may grow far, which stands in for a disk without space: facts fit, marts do not."""
    warehouse.restore(history.databases[SECOND])
    warehouse.deliver(LAST)

    build = warehouse.build(*MODELS, "--no-write-json", succeeds=False, largest_file=1_500_000)

    assert build.exit_code == 1
    assert f'Could not write file "{warehouse.database}' in build.output
    assert "File too large" in build.output
    assert "Traceback" not in build.output
    changed = differences(warehouse.database, history.databases[SECOND]).keys()
    new = differences(warehouse.database, rebuilt).keys()
    # Each mart is the last one or the new one.
    assert not [table for table in changed & new if table.startswith("mart_")]
    with duckdb.connect(str(warehouse.database), read_only=True) as connection:
        assert connection.execute(
            "select count(*) > 0 from ride_sharing__metric_values"
        ).fetchall() == [(True,)]

    warehouse.build()

    assert differences(warehouse.database, rebuilt) == {}
