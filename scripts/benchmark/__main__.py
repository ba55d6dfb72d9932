"""Command line of the benchmark: `python -m scripts.benchmark --help`, or `make bench`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from scripts.benchmark.chart import draw, panels
from scripts.benchmark.days import measure_days
from scripts.benchmark.dbt import SCENARIO
from scripts.benchmark.events import measure_events
from scripts.benchmark.generator import measure_generator
from scripts.benchmark.location import SCENARIO as LOCATED
from scripts.benchmark.location import USERS, measure_location
from scripts.benchmark.machine import describe_machine
from scripts.benchmark.process import RunFailedError
from scripts.benchmark.record import Say, write_record
from scripts.benchmark.report import report, write_into
from scripts.benchmark.seeds import measure_seeds
from scripts.benchmark.sizes import parse_size, size_name
from scripts.benchmark.sketches import measure_sketches
from scripts.benchmark.worlds import World, make_world, users_of
from scripts.manifest import PROJECT
from scripts.terminal import plain
from scripts.worlds.registry import SCENARIOS

app = typer.Typer(add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False)
console = Console(highlight=False, soft_wrap=True)

Out = Annotated[Path, typer.Option(help="Folder for measurements, worlds and databases.")]
Runs = Annotated[int, typer.Option(min=1, help="Number of runs; medians are of all of them.")]
Events = Annotated[list[str], typer.Option(help="Number of events, such as 10M; can be repeated.")]
Ready = Annotated[
    Path | None,
    typer.Option(help="A finished world instead of a new one: that of its scenario's folder."),
]
OUT = Path("target/benchmark")
SIZES = ["10M"]


def _say(line: str) -> None:
    console.print(line)


def _record(
    out: Path,
    part: str,
    size: str | None,
    measure: Callable[[], dict[str, Any]],
    add: bool = False,
) -> None:
    """Measure a part, say on what, and write both down."""
    out.mkdir(parents=True, exist_ok=True)
    machine = describe_machine(out)
    console.rule(f"{part} {size or ''}".strip())
    for name, value in machine.items():
        console.print(plain(f"{name}: {value}"))
    try:
        content = measure()
    except RunFailedError as error:
        console.print(plain(f"error: {error}", "red"))
        raise typer.Exit(1) from None
    written = write_record(out, part, size, machine, content, add)
    console.print(plain(f"written: {written}"))


def _sizes(events: list[str]) -> list[int]:
    try:
        return [parse_size(text) for text in events]
    except ValueError as error:
        raise typer.BadParameter(str(error)) from None


def _place(size: int, scenario: str) -> str:
    """What a size is called in names of files, with its scenario unless that is the usual one."""
    return size_name(size) if scenario == SCENARIO else f"{scenario}_{size_name(size)}"


def _world(out: Path, size: int, ready: Path | None, scenario: str = SCENARIO) -> World:
    """The world that is ready, or one of this size, which is made where it is not there yet."""
    if ready is not None:
        return World(ready.resolve(), scenario)
    folder = out / "worlds" / _place(size, scenario)
    console.print(plain(f"world of {size_name(size)} events: {folder}"))
    make_world(folder, users_of(size, scenario), scenario=scenario)
    return World(folder, scenario)


@app.command()
def seeds(out: Out = OUT, runs: Runs = 3) -> None:
    """(a) `dbt build` of the seeds, as many trivial nodes, and the same SQL bare."""
    out = out.resolve()
    _record(out, "seeds", None, lambda: measure_seeds(out, runs, _say))


@app.command()
def events(
    out: Out = OUT,
    runs: Runs = 3,
    events: Events = SIZES,
    world: Ready = None,
    scenario: Annotated[
        list[str] | None,
        typer.Option(help=f"A scenario; can be repeated. Without it, {SCENARIO}."),
    ] = None,
    add: Annotated[
        bool, typer.Option("--add", help="Add the runs to those measured before, by the same code.")
    ] = False,
) -> None:
    """(b) A full build and each fact and mart, the same SQL bare, and bare scans."""
    for name in scenario or [SCENARIO]:
        _of_each_size(measure_events, "events", out, runs, events, world, add, scenario=name)


@app.command()
def days(
    out: Out = OUT,
    runs: Runs = 3,
    events: Events = SIZES,
    world: Ready = None,
    scenario: Annotated[
        list[str] | None, typer.Option(help="A scenario; can be repeated. Without it, all.")
    ] = None,
) -> None:
    """(c) One more day at 30, 90 and 180 days of history."""
    for name in scenario or SCENARIOS:
        _of_each_size(measure_days, "days", out, runs, events, world, scenario=name)


@app.command()
def location(out: Out = OUT, runs: Runs = 3) -> None:
    """(d) One more day of location of 100,000 users, at 60 and 240 days of history."""
    out, name = out.resolve(), f"{size_name(USERS)}_users"
    world = World(out / "worlds" / f"{LOCATED}_{name}", LOCATED)
    make_world(world.folder, USERS, scenario=LOCATED)
    _record(out, "location", name, lambda: measure_location(out, name, world, runs, _say))


def _of_each_size(
    measure: Callable[[Path, str, World, int, Say], dict[str, Any]],
    part: str,
    out: Path,
    runs: int,
    events: list[str],
    ready: Path | None,
    add: bool = False,
    scenario: str = SCENARIO,
) -> None:
    out = out.resolve()
    for size in _sizes(events):

        def measured(size: int = size) -> dict[str, Any]:
            return measure(out, size_name(size), _world(out, size, ready, scenario), runs, _say)

        _record(out, part, _place(size, scenario), measured, add)


@app.command()
def generator(out: Out = OUT, runs: Runs = 3, events: Events = SIZES) -> None:
    """(e) The generator, with one process and with two."""
    out = out.resolve()
    for size in _sizes(events):

        def measured(size: int = size) -> dict[str, Any]:
            return measure_generator(out, size_name(size), size, runs, _say)

        _record(out, "generator", size_name(size), measured)


@app.command()
def sketches(
    out: Out = OUT,
    runs: Runs = 3,
    events: Events = SIZES,
    database: Annotated[
        Path | None, typer.Option(help="A built database instead of that of `events`.")
    ] = None,
) -> None:
    """Sketches against exact distinct counts and percentiles, on a database of `events`."""
    out = out.resolve()
    for size in _sizes(events):
        name = size_name(size)
        built = database or out / "work" / f"events_{SCENARIO}_{name}" / "dbt" / "gsmt.duckdb"
        if not built.exists():
            told = f"error: no database {built}: measure `events` first"
            console.print(plain(told, "red"))
            raise typer.Exit(2)

        def measured(built: Path = built, size: int = size) -> dict[str, Any]:
            return {"events": size, **measure_sketches(built, runs, _say)}

        _record(out, "sketches", name, measured)


@app.command("report")
def write_report(
    out: Out = OUT,
    docs: Annotated[
        bool, typer.Option("--docs", help="Put tables and chart into docs/scale.md, too.")
    ] = False,
) -> None:
    """Print the tables of everything measured so far; write them and the chart into the folder."""
    text, drawn = report(out), panels(out)
    console.print(text, markup=False)
    (out / "scale.md").write_text(f"{text}\n", encoding="utf-8")
    chart = draw(drawn) if drawn else None
    if chart:
        (out / "scale.svg").write_text(chart, encoding="utf-8")
    if docs:
        write_into(PROJECT / "docs" / "scale.md", text)
    if docs and chart:
        (PROJECT / "docs" / "scale.svg").write_text(chart, encoding="utf-8")


@app.command("all")
def measure_all(out: Out = OUT, runs: Runs = 3, events: Events = SIZES) -> None:
    """Every part, then the report. The days are measured on the smallest number of events."""
    smallest = [size_name(min(_sizes(events)))]
    seeds(out, runs)
    generator(out, runs, smallest)
    _of_each_size(measure_events, "events", out, runs, events, None)
    days(out, runs, smallest, None, None)
    location(out, runs)
    sketches(out, runs, smallest, None)
    write_report(out)


if __name__ == "__main__":
    app()
