"""What was measured, as tables in Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from scripts.benchmark.limits import largest_day, limits_table, scanned_table
from scripts.benchmark.machine import merge_machines
from scripts.benchmark.record import read_records
from scripts.benchmark.sizes import Spread, ratios, spread

PARTS = ("seeds", "events", "days", "location", "generator", "sketches")
EXTRAPOLATED = (
    ("Where one machine ends", limits_table),
    ("Bytes that a daily build scans", scanned_table),
)
HEAVIEST_FACTS = 3
# Figures of a day that is added, by what their columns are called.
OF_A_DAY = {
    "`dbt build`, s": "build_seconds",
    "`dbt run`, s": "run_seconds",
    "its models, s": "model_seconds",
}
BEGIN, END = "<!-- tables: begin -->", "<!-- tables: end -->"


def report(out: Path) -> str:
    """Everything that is written down in a folder, part by part, and what it was measured on."""
    written = {
        "seeds": seeds_table,
        "events": events_tables,
        "days": days_tables,
        "location": location_tables,
        "generator": generator_table,
        "sketches": sketches_table,
    }
    measured = [record for part in PARTS for record in read_records(out, part)]
    parts = [written[record["part"]](record) for record in measured]
    if not measured:
        return "Nothing was measured."
    parts += [extrapolated(title, *found(out)) for title, found in EXTRAPOLATED if found(out)[1]]
    if events := largest_day(out, 3600):
        parts.append(f"A day that is added within one hour has at most {events:,.0f} events.")
    return "\n\n".join([*parts, machine_table(measured)])


def extrapolated(title: str, headings: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table of straight lines through the measurements, under its title."""
    return f"### {title}\n\nExtrapolated, not measured.\n\n{markdown(headings, rows)}"


def write_into(page: Path, text: str) -> None:
    """Put the tables into a page, between the two comments that mark their place.

    Raises:
        ValueError: the page has no such place.
    """
    before, found, rest = page.read_text(encoding="utf-8").partition(BEGIN)
    _, ended, after = rest.partition(END)
    if not found or not ended:
        raise ValueError(f"{page} has no place for the tables: {BEGIN} and {END}")
    page.write_text(f"{before}{BEGIN}\n\n{text}\n\n{END}{after}", encoding="utf-8")


def markdown(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table; all columns but the first are figures, and stand right."""
    lines = [headings, ["---"] + ["---:"] * (len(headings) - 1), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def machine_table(records: Sequence[dict[str, Any]]) -> str:
    """The machine of the records."""
    rows = list(merge_machines(record["machine"] for record in records).items())
    return "Measured on:\n\n" + markdown(("what", "value"), rows).replace("---:", "---")


def seeds_table(record: dict[str, Any]) -> str:
    """(a) The seeds: dbt, trivial nodes and bare SQL."""
    runs = record["runs"]
    build, trivial, bare = (
        [run[f"{name}_seconds"] for run in runs] for name in ("build", "trivial", "bare")
    )
    nodes = record["nodes"]
    total = sum(nodes.values())
    kinds = ", ".join(f"{number} {kind.replace('_', ' ')}s" for kind, number in nodes.items())
    return _titled(
        f"Ride sharing from the seeds: {total} nodes ({kinds})",
        markdown(
            ("what", "seconds", "`dbt build` over it"),
            [
                ("`dbt build -s ride_sharing`", spread(build).text(1), ""),
                (
                    "as many nodes of `select 1`",
                    spread(trivial).text(1),
                    spread(ratios(build, trivial)).text(),
                ),
                ("the same SQL bare in DuckDB", spread(bare).text(1), _over(build, bare)),
            ],
        ),
        record,
    )


def events_tables(record: dict[str, Any]) -> str:
    """(b) A full build, and its marts."""
    runs = record["runs"]
    build, bare, models, bare_models, peaks, bare_peaks = (
        [run[name] for run in runs]
        for name in (
            "build_seconds",
            "bare_seconds",
            "model_seconds",
            "bare_model_seconds",
            "peak_bytes",
            "bare_peak_bytes",
        )
    )
    speed = record["events"] / spread(build).median
    whole = markdown(
        ("full build", "dbt", "bare DuckDB", "dbt over bare"),
        [
            (
                "models and tests, s",
                spread(build).text(0),
                spread(bare).text(0),
                _over(build, bare),
            ),
            (
                "models and seeds alone, s",
                spread(models).text(0),
                spread(bare_models).text(0),
                _over(models, bare_models),
            ),
            ("peak memory, GiB", _gibibytes(peaks), _gibibytes(bare_peaks), ""),
        ],
    )
    facts, marts = _of_each(runs, "facts"), _of_each(runs, "marts")
    heaviest = sorted(facts, key=lambda one: -facts[one][1].median)[:HEAVIEST_FACTS]
    columns = ("dbt, s", "bare, s", "scan, s", "dbt over bare", "bare over scan")
    size = (
        f"{record['events']:,} events of {record['days']} days, "
        f"{record['raw_bytes'] / 1e6:,.0f} MB of Parquet "
        f"({record['raw_bytes'] / record['events']:.1f} bytes an event); the database is "
        f"{record['database_bytes'] / 1e6:,.0f} MB. {speed:,.0f} events/s."
    )
    failed = sorted({name for run in runs for name in run["failed"]})
    note = f"\n\nData tests that failed: {', '.join(failed)}." if failed else ""
    scenario = record["scenario"]
    tables = [size, whole]
    for heading, chosen in (
        ("heaviest fact", {name: facts[name] for name in heaviest}),
        ("mart", marts),
    ):
        tables.append(markdown((heading, *columns), [_row(*one) for one in chosen.items()]))
    title = f"Full build of {record['size']} events of {scenario}"
    return _titled(title, "\n\n".join(tables) + note, record)


def _of_each(runs: Sequence[dict[str, Any]], kind: str) -> dict[str, tuple[Spread, ...]]:
    """Of each model of a kind: seconds with dbt, bare and of its scan, and the ratios of these."""
    found: dict[str, tuple[Spread, ...]] = {}
    for name in runs[0].get(kind, {}):
        dbt, alone, scan = (
            [run[kind][name][f"{how}_seconds"] for run in runs] for how in ("dbt", "bare", "scan")
        )
        over = (spread(ratios(dbt, alone)), spread(ratios(alone, scan)))
        found[name] = (spread(dbt), spread(alone), spread(scan), *over)
    return found


def _row(name: str, figures: tuple[Spread, ...]) -> tuple[str, ...]:
    *seconds, over_scan = figures
    return (f"`{name.split('.')[-1]}`", *(one.text() for one in seconds), over_scan.text(1))


def days_tables(record: dict[str, Any]) -> str:
    """(c) One more day, by how much history there is, and which nodes grow with it."""
    title = f"One more day of {record['scenario']}, where 252 days have {record['size']} events"
    return _titled(title, _of_histories(record, OF_A_DAY), record)


def location_tables(record: dict[str, Any]) -> str:
    """(d) One more day of location, by how much history there is."""
    measures = {"models up to the dominant city, s": "location_seconds", **OF_A_DAY}
    title = f"One more day of the location of {record['users']:,} users"
    return _titled(title, _of_histories(record, measures), record)


def _of_histories(record: dict[str, Any], measures: Mapping[str, str]) -> str:
    runs = record["runs"]
    histories = sorted({run["history"] for run in runs})
    first, last = histories[0], histories[-1]
    rows = []
    for history in histories:
        row = [f"{history} days"]
        for name in measures.values():
            row += [
                spread(_of_history(runs, history, name)).text(1),
                _over(_of_history(runs, history, name), _of_history(runs, first, name)),
            ]
        row.append(_gibibytes(_of_history(runs, history, "peak_bytes")))
        row.append(f"{record['full_build_seconds'][str(history)]:.0f}")
        rows.append(row)
    headings = ["history"]
    for name in measures:
        headings += [name, f"over {first} days"]
    headings += ["peak, GiB", "built whole, s"]
    about = (
        f"The day added is {record['added_day']}, with {record['events_of_day']:,} events "
        f"({record['bytes_of_day'] / 1e6:.1f} MB); {record['days_read']} days of raw files are "
        f"read, {record['bytes_read'] / 1e6:.1f} MB, whatever the history."
    )
    growth = growing_nodes(record)
    grown = markdown(
        ("nodes that grow most", f"at {first} days, s", f"at {last} days, s", "more, s"),
        [
            (f"`{name}`", f"{before:.2f}", f"{after:.2f}", f"{after - before:.2f}")
            for name, before, after in growth[:8]
        ],
    )
    return f"{about}\n\n{markdown(headings, rows)}\n\n{grown}"


def growing_nodes(record: dict[str, Any]) -> list[tuple[str, float, float]]:
    """Each node of the daily build with its seconds at the shortest and the longest history.

    Seconds are medians; the node that grows by most seconds is first.
    """
    runs = record["runs"]
    histories = sorted({run["history"] for run in runs})
    ends = [
        {name: spread([run["nodes"][name] for run in chosen]).median for name in chosen[0]["nodes"]}
        for chosen in (
            [run for run in runs if run["history"] == history]
            for history in (histories[0], histories[-1])
        )
    ]
    both = [(name, ends[0][name], ends[1][name]) for name in ends[0] if name in ends[1]]
    return sorted(both, key=lambda node: node[1] - node[2])


def generator_table(record: dict[str, Any]) -> str:
    """(e) The generator, by number of processes that write."""
    runs = record["runs"]
    rows = []
    for processes in sorted({run["processes"] for run in runs}):
        chosen = [run for run in runs if run["processes"] == processes]
        speeds = [run["events"] / run["seconds"] for run in chosen]
        rows.append(
            (
                str(processes),
                spread([run["seconds"] for run in chosen]).text(1),
                spread(speeds).text(0),
                f"{chosen[0]['raw_bytes'] / chosen[0]['events']:.1f}",
                _gibibytes([run["peak_bytes"] for run in chosen]),
            )
        )
    headings = ("processes", "seconds", "events/s", "bytes an event", "peak of one, GiB")
    title = f"The generator: {record['events']:,} events"
    return _titled(title, markdown(headings, rows), record)


def sketches_table(record: dict[str, Any]) -> str:
    """Sketches against exact figures."""
    rows = [
        (
            name,
            spread(found["exact_seconds"]).text(),
            spread(found["sketch_seconds"]).text(),
            f"{found['median_error']:.2%}",
            f"{found['p95_error']:.2%}",
            f"{found['largest_error']:.2%}",
        )
        for name, found in record["figures"].items()
    ]
    headings = ("figure", "exact, s", "sketch, s", "median error", "P95 of errors", "largest error")
    merged = record["merged"]
    note = (
        f"Sketches of days merged into months are the sketch of the month in {merged['equal']} of "
        f"{merged['months']} months."
    )
    return _titled(
        f"Sketches on {record['size']} events, in the whole and in every slice",
        f"{markdown(headings, rows)}\n\n{note}",
        record,
    )


def _titled(title: str, text: str, record: dict[str, Any]) -> str:
    runs = {run.get("run", index) for index, run in enumerate(record.get("runs", []))}
    of_runs = {0: "", 1: " One run."}.get(len(runs), f" Median of {len(runs)} runs (range).")
    return f"### {title}\n\nMeasured {record['measured_at']}.{of_runs}\n\n{text}"


def _over(above: Sequence[float], below: Sequence[float], decimals: int = 2) -> str:
    return spread(ratios(above, below)).text(decimals)


def _gibibytes(values: Sequence[float]) -> str:
    return Spread(*(value / 2**30 for value in _three(spread(values)))).text(1)


def _three(found: Spread) -> tuple[float, float, float]:
    return found.median, found.lowest, found.highest


def _of_history(runs: Sequence[dict[str, Any]], history: int, name: str) -> list[float]:
    return [run[name] for run in runs if run["history"] == history]
