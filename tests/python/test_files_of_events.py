"""What may lie in an event's place below raw_path: it is read whole and literally, or named."""

from __future__ import annotations

import csv
import io
import json
import os
from pathlib import Path
from typing import Any

import duckdb
import pytest

from scripts.manifest import PROJECT
from tests.python.rendering import Outcome, Rendering

EVENT = "carpool_leg_details"
HEADER = [
    "event_id", "event_at", "received_at", "user_id", "platform", "app_version", "country",
    "ride_id", "leg_user_id", "leg_pickup_timestamp", "leg_dropoff_timestamp",
    "leg_intended_detour_seconds",
]  # fmt: skip
TYPES = dict.fromkeys(HEADER[1:3] + HEADER[9:11], "timestamp") | {HEADER[11]: "bigint"}


def row(number: int, **fields: str) -> list[str]:
    """A valid row of the event, but for these fields."""
    times = [f"2026-01-05 {hour}:00:00" for hour in (10, 11, 9, 10)]
    valid = [f"e{number}", *times[:2], "u1", "ios", "1.0", "PT", "r1", "u2", *times[2:], "60"]
    return [fields.get(name, value) for name, value in zip(HEADER, valid, strict=True)]


ROWS = [row(number) for number in range(5)]


def written(rows: list[list[str]], header: list[str] = HEADER, **dialect: Any) -> bytes:
    """A CSV file."""
    text = io.StringIO(newline="")
    csv.writer(text, **{"lineterminator": "\n", **dialect}).writerows([header, *rows])
    return text.getvalue().encode()


def write_parquet(file: Path, rows: list[list[str]], **columns: str) -> None:
    """A typed Parquet file; `columns` are SQL expressions, of the event's fields or others."""
    file.parent.mkdir(parents=True, exist_ok=True)
    read = {name: f"cast({name} as {TYPES.get(name, 'varchar')})" for name in HEADER} | columns
    selected = ", ".join(f'{value} as "{name}"' for name, value in read.items())
    values = ", ".join(f"({', '.join(repr(field) for field in one)})" for one in rows)
    source = f"(values {values}) as events ({', '.join(HEADER)})"
    path = str(file).replace("'", "''")
    duckdb.execute(f"copy (select {selected} from {source}) to '{path}' (format parquet)")


def read(rendered: Rendering, raw: Path, files: dict[str, bytes], **variables: Any) -> Outcome:
    """What becomes of files, by their names after that of the event."""
    for name, content in files.items():
        file = raw / f"ride_sharing/{EVENT}{name}"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    return rendered.outcome("ride_sharing", EVENT, raw_path=str(raw), **variables)


def changed(number: int, **fields: str) -> bytes:
    """A CSV file of valid rows, but for these fields of one."""
    rows = [row(place, **fields) if place == number else one for place, one in enumerate(ROWS)]
    return written(rows)


SOUND = {
    "lines like comments": written([*ROWS[:4], row(4, event_id="#e4")]),
    "a line break in a field": changed(2, country='a\n"b",\r\nc\rd'),
    "all line ends": written(ROWS[:2]) + b"\r\n\n" + written(ROWS[2:])[len(written([])) :],
    "a field of 3 MB": changed(2, country="x" * 3_000_000),
    "quotes around all": written(ROWS, quoting=csv.QUOTE_ALL, lineterminator="\r"),
    "no last line end": written(ROWS, lineterminator="\r\n").removesuffix(b"\r\n"),
    "a byte order mark": b"\xef\xbb\xbf" + written(ROWS),
    "capitals": written(ROWS, header=[name.upper() for name in HEADER]),
    "blanks around names": written(ROWS, header=[f" {name} " for name in HEADER]),
    "names of its own": written(
        [[*one, "x", "y", "z", "v", "w", ""] for one in ROWS],
        header=[*HEADER, "column3", "origin", "position", "kept_on", "is_rejected", ""],
    ),
    "characters of no text": changed(2, country="\x00\x01\x1a\x1f\x1e"),
}


@pytest.mark.parametrize("name", SOUND)
def test_every_row_of_a_sound_file_is_staged(
    rendered: Rendering, tmp_path: Path, name: str
) -> None:
    found = read(rendered, tmp_path, {".csv": SOUND[name]})
    assert (found.said, found.staged, found.quarantine, found.rows) == ("", 5, (), 5)


UNREADABLE = {
    "semicolons": (written(ROWS, delimiter=";"), "the header has one field, 'event_id;event_at;"),
    "tabs": (written(ROWS, delimiter="\t"), "the header has one field, 'event_id\tevent_at\t"),
    "latin-1": (
        changed(1, country="caf\xe9").decode().encode("latin-1"),
        "is not UTF-8, at byte ",
    ),
    "utf-16": (written(ROWS).decode().encode("utf-16"), "is not UTF-8, at byte 1"),
    "a quote that stays open": (
        written(ROWS) + b'e9,"2026-01-05\n',
        "row 6 has a quote that is never closed",
    ),
    "text after a quote": (
        written(ROWS) + b'e9,"2026"-01-05\n',
        'row 6 has a quote that is neither around a field nor doubled in one: e9,"2026"-01-05',
    ),
    "an open quote before others": (
        written(ROWS[:1]) + b'e9,"2026\n' + changed(2, country='a"b'),
        "row 2 has a quote that is neither around a field nor doubled in one",
    ),
    "no header": (b"", "is empty, and has no header"),
    "an empty first line": (b"\n" + written(ROWS), "has an empty first line"),
    "a header of two lines": (b'"a\nb",c\n', "has a header of several lines"),
    "a row of 17 MB": (changed(2, country="x" * 17_000_000), "has a row of more than 16777216"),
    "lines of 18 MB": (changed(2, country=f"{'x' * 10**6}\n" * 18), "has a row of 18000"),
    "names that differ in case": (
        written([[*one, "x"] for one in ROWS], header=[*HEADER, "Country"]),
        "has more than one column country: country, Country",
    ),
    "a name of the reader's": (
        written([[*one, "x"] for one in ROWS], header=[*HEADER, "raw_origin"]),
        "has a column raw_origin, a name that reading keeps for itself",
    ),
}


def test_every_file_that_cannot_be_read_is_named_at_once(
    rendered: Rendering, tmp_path: Path
) -> None:
    files = {f"/{name}.csv": content for name, (content, _) in UNREADABLE.items()}
    said = read(rendered, tmp_path, {**files, "/sound.csv": written(ROWS)}).said.split("\n")
    place = tmp_path / "ride_sharing" / EVENT
    expected = {f"{place}/{name}.csv: {rule}" for name, (_, rule) in UNREADABLE.items()}
    assert [one for one in expected if not any(line.startswith(one) for line in said)] == []
    assert len(said) == len(expected)


def test_whatever_lies_in_the_place_of_an_event_is_read_or_named(
    rendered: Rendering, tmp_path: Path
) -> None:
    first, second = written(ROWS[:2]), written(ROWS[2:])
    left_behind = {"/_SUCCESS": b"", "/_temporary/0/a.csv": b'"', "/.a.csv.crc": b"", "/a.tmp": b""}
    files = {"/a.csv": first, "/b.CSV": second, **left_behind}
    assert read(rendered, tmp_path / "capitals", files).staged == 5
    others = {"/b.tsv": second, "/b.csv.gz": second, "/b.json": b"{}", "/b": second}
    refused = read(rendered, tmp_path / "others", {"/a.csv": first, **others}).said
    rule = "events are read from files that end with .parquet or .csv"
    assert [name for name in others if f"{EVENT}{name}: {rule}" not in refused] == []
    beside = read(rendered, tmp_path / "beside", {".csv": first, ".csv.gz": second}).said
    assert f"{EVENT}.csv.gz: {rule}" in beside

    linked = tmp_path / "linked" / "ride_sharing" / EVENT
    linked.mkdir(parents=True)
    (linked / "a.csv").symlink_to(tmp_path / "capitals/ride_sharing" / EVENT / "a.csv")
    (tmp_path / "more").mkdir()
    (tmp_path / "more/b.csv").write_bytes(second)
    (linked / "folder").symlink_to(tmp_path / "more")
    assert read(rendered, tmp_path / "linked", {}).staged == 5

    write_parquet(tmp_path / f"typed/ride_sharing/{EVENT}.PARQUET", ROWS)
    assert read(rendered, tmp_path / "typed", {}).staged == 5


@pytest.mark.parametrize(
    "name",
    ["q?", "r[x]", "{{ x }}", "a*", "[!a]", "it's", 'a "b"', "country=XX", "event_date=2020-01-01"],
)
def test_names_are_literal(rendered: Rendering, tmp_path: Path, name: str) -> None:
    """Patterns of other folders, templates, and partitions that are none of the event's."""
    for neighbour in ("qq", "rx", "a", "b", "ax", ""):
        file = tmp_path / "raw" / neighbour / f"ride_sharing/{EVENT}.csv"
        file.parent.mkdir(parents=True)
        file.write_bytes(written(ROWS[:1]))
    raw = tmp_path / "raw" / name
    later = row(9, event_at="2026-01-06 10:00:00", received_at="2026-01-06 10:00:00")
    days = {
        "/event_date=2026-01-05/a.csv": written(ROWS),
        "/event_date=2026-01-06/[a].csv": written([later]),
    }
    found = read(rendered, raw, days)
    assert (found.said, found.staged, found.rows) == ("", 6, 6)
    write_parquet(raw / f"typed/ride_sharing/{EVENT}/event_date=2026-01-05/a?.parquet", ROWS)
    found = read(rendered, raw / "typed", {})
    assert (found.said, found.staged, found.rows) == ("", 5, 5)


def test_files_of_an_event_may_have_other_columns_in_another_order(
    rendered: Rendering, tmp_path: Path
) -> None:
    turned = written([one[::-1] for one in ROWS[2:]], header=HEADER[::-1])
    spoilt = written([[*ROWS[0], "a", "", "c"], ROWS[1][:3]], header=HEADER)
    found = read(rendered, tmp_path, {"/a.csv": turned, "/b.csv": spoilt})
    assert (found.said, found.staged, found.rows) == ("", 3, 5)
    [surplus, short] = [json.loads(content) for *_, content in found.quarantine]
    beyond = {"beyond_the_header_1": "a", "beyond_the_header_3": "c"}
    assert surplus == dict(zip(HEADER, ROWS[0], strict=True)) | beyond
    # Of what has no value, a row says nothing: other files may have columns that this one has not.
    assert short == dict(zip(HEADER, ROWS[1][:3], strict=False))


def test_a_row_in_the_quarantine_is_as_it_came(rendered: Rendering, tmp_path: Path) -> None:
    came = ' \t"q"\\ \x00\x01\x1f\r\n\u2028é日 '
    file = written([[*row(1, platform=came), came]], header=[*HEADER, "Of its own"])
    [(_, number, disposition, reason, content)] = read(
        rendered, tmp_path, {".csv": file}
    ).quarantine
    assert (number, disposition) == (1, "rejected")
    assert reason == "platform is not one of ios, android, web"
    assert json.loads(content) == dict(
        zip([*HEADER, "of its own"], [*row(1, platform=came), came], strict=True)
    )


def refuse_constant(constant: str) -> None:
    raise AssertionError(f"JSON has no {constant}")


# Field, value, its type in a Parquet file, and the rule that it breaks.
OUT_OF_BOUNDS = [
    ("event_at", "9999-12-31 00:00:00", "timestamp", "is not before 2050-01-01"),
    ("event_at", "infinity", "timestamp", "is not before 2050-01-01"),
    ("received_at", "294247-01-10 04:00:50", "timestamp", "is not before 2050-01-01"),
    ("received_at", "290309-12-22 (BC) 00:00:00", "timestamp", "is before 1990-01-01"),
    ("event_at", "5881580-07-10", "date", "does not read as timestamp"),
    ("leg_pickup_timestamp", "9999-12-31 00:00:00", "timestamp", "is not before 2050-01-01"),
    ("leg_dropoff_timestamp", "1970-01-01 00:00:00", "timestamp", "is before 1990-01-01"),
    (HEADER[11], "9000000000000000000", "bigint", "is above 1000000000"),
    (HEADER[11], "-9000000000000000000", "bigint", "is below 0"),
    (HEADER[11], "18446744073709551615", "ubigint", "does not read as integer"),
]


def assert_out_of_bounds(kept: tuple[str, int, str, str, str], field: str, value: str) -> None:
    *_, reason, content = kept
    [rule] = [rule for name, text, _, rule in OUT_OF_BOUNDS if (name, text) == (field, value)]
    assert f"{field} {rule}" in reason
    assert str(json.loads(content, parse_constant=refuse_constant)[field]) == value


@pytest.mark.parametrize(("field", "value", "data_type"), [one[:3] for one in OUT_OF_BOUNDS])
def test_a_typed_value_out_of_all_bounds_is_quarantined_as_it_was(
    rendered: Rendering, tmp_path: Path, field: str, value: str, data_type: str
) -> None:
    spoilt = f"case when event_id = 'e1' then '{value}' else {field} end"
    columns = {field: f"cast({spoilt} as {data_type})"}
    write_parquet(tmp_path / f"ride_sharing/{EVENT}.parquet", ROWS, **columns)
    found = read(rendered, tmp_path, {})
    assert (found.said, found.staged, found.rows, len(found.quarantine)) == ("", 4, 5, 1)
    assert_out_of_bounds(found.quarantine[0], field, value)


def test_a_text_out_of_all_bounds_is_quarantined_as_it_was(
    rendered: Rendering, tmp_path: Path
) -> None:
    spoilt = [row(9, **{field: value}) for field, value, *_ in OUT_OF_BOUNDS]
    sound = [row(number) for number in range(20, 40)]
    found = read(rendered, tmp_path, {".csv": written([*spoilt, *sound])})
    assert (found.said, found.staged, len(found.quarantine)) == ("", len(sound), len(spoilt))
    for kept, (field, value, *_) in zip(found.quarantine, OUT_OF_BOUNDS, strict=True):
        assert_out_of_bounds(kept, field, value)


@pytest.mark.parametrize("value", ["nan", "infinity", "-infinity", "1e300"])
def test_a_number_that_is_none_is_quarantined(
    rendered: Rendering, tmp_path: Path, value: str
) -> None:
    seed = PROJECT / "seeds/ride_sharing/raw_ride_sharing__ride_completion.csv"
    file = tmp_path / "ride_sharing/ride_completion.parquet"
    file.parent.mkdir()
    duckdb.execute(f"""
        copy (
            select
                * replace (
                    cast(duration_seconds as bigint) as duration_seconds,
                    cast(if(row_number() over () = 2, '{value}', fare_usd) as double) as fare_usd
                ),
                ['nan'::double, 1] as "more numbers"
            from read_csv('{seed}', all_varchar = true) limit 3
        ) to '{file}'
    """)
    found = rendered.outcome("ride_sharing", "ride_completion", raw_path=str(tmp_path))
    [(_, number, _, reason, content)] = found.quarantine
    assert (number, found.staged, found.rows) == (2, 2, 3)
    assert "fare_usd is " in reason
    kept = json.loads(content, parse_constant=refuse_constant)
    assert float(kept["fare_usd"]) == float(value) or value == kept["fare_usd"] == "nan"


LOG = {
    "ride_sharing": {
        EVENT: {
            "from": "app_log",
            "where": {"type": "leg"},
            "fields": {
                "leg_user_id": "who",
                "leg_pickup_timestamp": {"column": "got in", "unit": "unix_milliseconds"},
            },
        }
    }
}


def test_a_log_is_read_as_whole_and_as_literally(rendered: Rendering, tmp_path: Path) -> None:
    """Comments, capitals of the ending, columns that macros name, and numbers that are no time."""
    raw = tmp_path / "r[x] {{ y }}"
    header = [*HEADER[:8], "who", "Got in", *HEADER[10:], "type", "origin", "original_row"]
    rows = [[*one[:9], "1767603600000", *one[10:], "leg", "here", "#"] for one in ROWS]
    rows[1][0], rows[2][9], rows[3][12] = "#e1", "nan", "other"
    raw.mkdir()
    (raw / "app_log.CSV").write_bytes(written(rows, header=header))
    found = read(rendered, raw, {}, event_mapping=LOG)
    [(_, number, _, reason, content)] = found.quarantine
    assert (found.said, found.staged, found.rows, number) == ("", 3, 4, 3)
    assert reason == "leg_pickup_timestamp does not read as timestamp"
    assert json.loads(content) == dict(zip(header, rows[2], strict=True))

    columns = {"who": "user_id", "type": "'leg'"}
    columns["got in"] = "if(event_id = 'e2', 9e18, 1767603600000)::bigint"
    write_parquet(raw / "typed/app_log/[1].parquet", ROWS, **columns)
    found = read(rendered, raw / "typed", {}, event_mapping=LOG)
    [(_, number, _, reason, content)] = found.quarantine
    assert (found.said, found.staged, found.rows, number) == ("", 4, 5, 3)
    assert reason == "leg_pickup_timestamp does not read as timestamp"
    assert json.loads(content)["got in"] == 9 * 10**18

    (raw / "app_log.CSV").write_bytes(written(rows, header=header) + b'"')
    (raw / "app_log.tsv").write_bytes(b"")
    (raw / "app_log/b").mkdir(parents=True)
    said = read(rendered, raw, {}, event_mapping=LOG).said
    assert f"{raw}/app_log.tsv: events are read from files that end with" in said


def test_a_file_that_was_looked_at_is_looked_at_again_if_it_has_changed(
    rendered: Rendering, tmp_path: Path
) -> None:
    """What is remembered of it is not believed once its size or time is another one."""

    def remembered() -> list[tuple[Any, ...]]:
        return rendered.query(f"select rows from csv_files where path like '{tmp_path}/%'")

    file = tmp_path / f"ride_sharing/{EVENT}.csv"
    read(rendered, tmp_path, {".csv": written(ROWS)})
    assert remembered() == []  # It may be written again within the second.
    os.utime(file, (1_700_000_000, 1_700_000_000))
    for _ in range(2):
        assert read(rendered, tmp_path, {}).staged == 5
        assert remembered() == [(5,)]
    found = read(rendered, tmp_path, {".csv": written([*ROWS, [*row(6), "more"]])})
    assert (found.staged, len(found.quarantine), found.rows) == (5, 1, 6)
    assert "is not UTF-8" in read(rendered, tmp_path, {".csv": b"a,b\n\xff,1\n"}).said
