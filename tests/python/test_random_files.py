"""Random files of an event: each row is staged or quarantined as it came, or nothing is built.

GSMT_RANDOM_FILES says how many examples are tried; 50, if it says nothing.
"""

from __future__ import annotations

import csv
import io
import json
import os
from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.python.rendering import Rendering

EXAMPLES = int(os.environ.get("GSMT_RANDOM_FILES", "50"))
EVENT = "user_first_ride"
FIELDS = (
    "event_id", "event_at", "received_at", "user_id", "platform", "app_version", "country",
    "ride_id", "ride_type",
)  # fmt: skip
# Names that SQL or the macros might take for their own.
ODD_NAMES = (
    "origin", "position", "kept_on", "is_rejected", "column3", "original_row", "select", "a b", "é",
    'a "b"', "a,b", "event_date", "filename", "event_at_is_malformed", "#x", "origin_row",
)  # fmt: skip
ODD_PATHS = ("q?", "r[x]", "{{ x }}", "a*b", "it's", 'a "b"', "country=XX", "event_date=2020-01-01")
PLAIN = (
    "", " ", "x", "# y", "NULL", "é", "日本", "it's", "\\", "\t", "\x00", "\x01", "\x1a", "\ufeff",
    ";", "null", "nan", "1e999", "9999-12-31", "infinity", "-1", "  x  ", "x" * 3000, "%s",
)  # fmt: skip
QUOTED = (",", '"', "\n", "\r\n", "\r", "a,b", 'say "hi"', "\n\n#\n", '"",""', "x\n,y", '\\"')
QUOTING: tuple[Literal[0, 1], ...] = (csv.QUOTE_MINIMAL, csv.QUOTE_ALL)
LINE_ENDS = ("\n", "\r\n", "\r")

plain = st.sampled_from(PLAIN)
text = st.one_of(plain, st.lists(st.sampled_from(PLAIN + QUOTED), max_size=3).map("".join))


@dataclass(frozen=True)
class File:
    """A file of the event: where below its folder, what it holds, and whether it can be read."""

    name: str
    content: bytes
    is_sound: bool = True

    def rows(self) -> list[list[str]]:
        """Its rows as Python reads them, the header first."""
        lines = io.StringIO(self.content.decode("utf-8-sig"), newline="")
        return [row for row in csv.reader(lines, strict=True) if row]


def valid_row(number: int) -> dict[str, str]:
    moment = f"2026-01-{1 + number % 20:02d} 10:00:00"
    envelope = [f"e{number % 37}", moment, moment, f"u{number}", "ios", "1.0", "PT"]
    return dict(zip(FIELDS, [*envelope, f"r{number}", "carpool"], strict=True))


@st.composite
def rows_of_csv(draw: st.DrawFn, width: int, names: list[str]) -> list[list[str]]:
    """Rows of about the right number of fields, most of them valid."""
    rows = []
    for number in draw(st.lists(st.integers(0, 99), max_size=12)):
        row = [valid_row(number).get(name.lower(), "") for name in names]
        for _ in range(draw(st.sampled_from((0, 0, 1, 3)))):
            row[draw(st.integers(0, width - 1))] = draw(text)
        row += draw(st.one_of(st.just([]), st.lists(text, max_size=3)))
        rows.append(row[: draw(st.sampled_from((99, 99, 99, width - 1, 1)))])
    return rows


@st.composite
def csv_files(draw: st.DrawFn) -> File:
    """One file with a name of no folder, in a dialect that is sound or is not."""
    optional = {"app_version", "country"}
    dropped = draw(st.sets(st.sampled_from(sorted(optional)), max_size=2))
    names = [name for name in FIELDS if name not in dropped]
    names += draw(st.lists(st.sampled_from(ODD_NAMES), max_size=3, unique=True))
    names = draw(st.permutations(names))
    if draw(st.booleans()):
        names = [name.upper() if name.isascii() else name for name in names]
    rows = draw(rows_of_csv(len(names), names))
    ends = draw(st.sampled_from([*((end,) for end in LINE_ENDS), LINE_ENDS]))
    quoting = draw(st.sampled_from(QUOTING))
    fault = draw(st.sampled_from((None,) * 16 + ("delimiter", "encoding", "open", "stray")))
    delimiter = draw(st.sampled_from(";\t|")) if fault == "delimiter" else ","
    lines = []
    for row in [names, *rows]:
        line = io.StringIO(newline="")
        csv.writer(line, delimiter=delimiter, quoting=quoting, lineterminator="").writerow(row)
        lines.append(line.getvalue())
        lines += [""] * (draw(st.integers(0, 9)) == 0)
    if fault == "open":
        lines.append('x,"y')
    elif fault == "stray":
        lines.append('x,"y"z')
    written = "".join(line + draw(st.sampled_from(ends)) for line in lines)
    if draw(st.booleans()) and fault != "open":
        written = written.removesuffix("\n").removesuffix("\r")
    if fault == "encoding":
        encoding = draw(st.sampled_from(("latin-1", "utf-16")))
        written += f"é,x{ends[0]}"
        return File("", written.encode(encoding, errors="replace"), is_sound=False)
    encoding = draw(st.sampled_from(("utf-8", "utf-8-sig")))
    return File("", written.encode(encoding), is_sound=fault is None)


@st.composite
def folders(draw: st.DrawFn) -> list[File]:
    """All that lies in the place of the event."""
    files = draw(st.lists(csv_files(), min_size=1, max_size=3))
    ending = st.sampled_from((".csv", ".CSV", ".Csv"))
    if len(files) == 1 and draw(st.booleans()):
        return [File(draw(ending), files[0].content, files[0].is_sound)]
    by_the_day = draw(st.booleans())
    found = []
    for number, file in enumerate(files):
        folder = draw(st.sampled_from(("", "a b/", "x[1]/", "q?/", "deep/er/")))
        if by_the_day:
            folder = f"event_date={date(2026, 1, 1) + timedelta(days=number)}/"
        name = draw(st.sampled_from(("part", "p?", "[x]", "a b", "it's", "é", "#", "{{ x }}")))
        found.append(File(f"/{folder}{name}{number}{draw(ending)}", file.content, file.is_sound))
    others = st.sampled_from(
        (
            File("/.part.csv.crc", b"x"),
            File("/_SUCCESS", b""),
            File("/_temporary/0/part.csv", b'"x'),
            File("/part.csv.tmp", b"x"),
            File("/more.tsv", b"event_id\tx\n", is_sound=False),
            File("/more.csv.gz", b"x", is_sound=False),
            File("/more.json", b"{}", is_sound=False),
        )
    )
    return found + draw(st.lists(others, max_size=1))


def expected_content(origin: str, header: list[str], row: list[str]) -> dict[str, str]:
    """What a row in the quarantine keeps; a folder of days has an event_date before its own."""
    if f"{EVENT}/event_date=" in origin:
        header = [f"{name}_1" if name.lower() == "event_date" else name for name in header]
    fields = {name.strip().lower(): field for name, field in zip(header, row, strict=False)}
    surplus = enumerate(row[len(header) :], start=1)
    fields |= {f"beyond_the_header_{place}": field for place, field in surplus}
    return {name: field for name, field in fields.items() if field}


def test_random_files_are_read_into_a_database_that_no_build_uses(
    rendered: Rendering, tmp_path_factory: pytest.TempPathFactory
) -> None:
    [(path,)] = rendered.query("select path from duckdb_databases() where not internal")
    assert Path(path).is_relative_to(tmp_path_factory.getbasetemp())


@pytest.mark.skipif(EXAMPLES == 0, reason="GSMT_RANDOM_FILES is 0")
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize="GSMT_RANDOM_FILES" not in os.environ,
    database=None,
    suppress_health_check=list(HealthCheck),
)
@given(files=folders(), folder=st.sampled_from(ODD_PATHS))
def test_each_row_is_staged_or_quarantined_as_it_came_or_its_file_is_named(
    rendered: Rendering, files: list[File], folder: str
) -> None:
    with TemporaryDirectory() as temporary:
        raw = Path(temporary, folder)
        place = raw / "ride_sharing" / EVENT
        for file in files:
            path = Path(f"{place}{file.name}")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(file.content)
        found = rendered.outcome("ride_sharing", EVENT, raw_path=str(raw))
    unsound = [f"{place}{file.name}" for file in files if not file.is_sound]
    if unsound:
        assert any(name in found.said for name in unsound), found.said
        return
    if found.said:
        # A column that has no value at all that reads is named, too.
        assert "not one of its values reads as" in found.said, found.said
        return
    read = {
        f"{place}{file.name}": file.rows()
        for file in files
        if file.name.lower().endswith(".csv") and "/_" not in file.name
    }
    written = sum(len(of_file) - 1 for of_file in read.values())
    assert (found.rows, found.staged + len(found.quarantine)) == (written, written)
    places = Counter((origin, row) for origin, row, *_ in found.quarantine)
    assert max(places.values(), default=1) == 1
    for origin, number, _, _, content in found.quarantine:
        header, *of_file = read[origin]
        kept = {name.lower(): field for name, field in json.loads(content).items()}
        assert kept == expected_content(origin, header, of_file[number - 1])
