"""Command line of the event worlds: `python -m scripts.worlds --help`."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from time import monotonic
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import MofNCompleteColumn, Progress, ProgressColumn, TextColumn

from scripts.terminal import plain
from scripts.worlds.make import folder, make, write_references, write_world
from scripts.worlds.partitions import STARTED, Written, write_partitions
from scripts.worlds.registry import SCENARIOS
from scripts.worlds.scenario import Arguments, Scenario, WorldError

PROJECT = Path(__file__).resolve().parents[2]
SEEDS, WORLDS = PROJECT / "seeds", PROJECT / "worlds"

_ABOUT_WORLDS = " ".join(
    f"{scenario.name}: {'; '.join(f'{name} ({what})' for name, what in scenario.worlds.items())}."
    for scenario in SCENARIOS.values()
)

app = typer.Typer(add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False)
console = Console(stderr=True)


@contextmanager
def _errors_in_one_line() -> Iterator[None]:
    """Turn a world that cannot be made into one clear line and exit status 2."""
    try:
        yield
    except WorldError as error:
        console.print(plain(f"error: {error}", "red"), soft_wrap=True)
        raise typer.Exit(2) from None
    except KeyboardInterrupt:
        console.print("interrupted: no file is half-written", style="red", soft_wrap=True)
        raise typer.Exit(130) from None


def _bar(*columns: ProgressColumn) -> Progress:
    """Make a bar of days, which shows on a terminal only."""
    usual = (*Progress.get_default_columns(), MofNCompleteColumn())
    is_shown = console.is_terminal
    return Progress(*usual, *columns, console=console, transient=True, disable=not is_shown)


@contextmanager
def _progress(what: str, days: int) -> Iterator[Callable[[], None]]:
    """Show a bar on the terminal; give what has to be called after each day."""
    with _bar() as progress:
        task = progress.add_task(what, total=max(days, 0))
        yield lambda: progress.advance(task)


def _report(files: list[Path]) -> None:
    size = sum(path.stat().st_size for path in files)
    told = f"{len(files)} files, {size / 1e6:.2f} MB in {files[0].parent}"
    console.print(plain(told), soft_wrap=True)


def _write_csv(scenario: Scenario, arguments: Arguments, out: Path) -> None:
    """Make a world in memory and write one CSV for each event."""
    target = folder(out / scenario.name)
    if (target / STARTED).exists():
        raise WorldError(f"{target} has a world of Parquet files: choose another --out")
    with _progress(f"{scenario.name} ({arguments.world})", arguments.days) as after_day:
        world = make(scenario, arguments, after_day)
    _report(write_world(world, target))


def _write_parquet(scenario: Scenario, arguments: Arguments, out: Path, processes: int) -> None:
    """Stream a world into one Parquet file for each event and day."""
    target = out / scenario.name
    began = monotonic()
    events = 0
    with _bar(TextColumn("{task.fields[rate]}")) as progress:
        task = progress.add_task(
            f"{scenario.name} ({arguments.world})", total=arguments.days, rate="starting"
        )

        def after_day(files: list[Written]) -> None:
            nonlocal events
            events += sum(file.events for file in files if file.is_new)
            rate = events / (monotonic() - began)
            progress.update(task, advance=1, rate=f"{events:,} events, {rate:,.0f} events/s")

        written = write_partitions(scenario, arguments, target, processes, after_day)
    if written is None:
        console.print(plain(f"{target} is finished already"), soft_wrap=True)
        return
    seconds = monotonic() - began
    total, size = sum(file.events for file in written), sum(file.size for file in written)
    told = (
        f"{total:,} events in {len(written):,} files, {size / 1e6:,.2f} MB "
        f"({size / total:.1f} bytes an event) in {target}; {events:,} of them written in "
        f"{seconds:.1f} s, {events / seconds:,.0f} events/s"
    )
    console.print(plain(told), soft_wrap=True)


def _write_seeds() -> None:
    for scenario in SCENARIOS.values():
        target = SEEDS / scenario.name
        with _progress(scenario.name, scenario.defaults.days) as after_day:
            world = make(scenario, scenario.defaults, after_day)
        files = write_world(world, target, prefix=f"raw_{scenario.name}__")
        _report(files + write_references(scenario, target))


def _processes(given: int | None) -> int:
    return (os.cpu_count() or 1) if given is None else given


def _scenario(name: str) -> Scenario:
    if name not in SCENARIOS:
        raise WorldError(f"unknown scenario {name!r}: choose {' or '.join(SCENARIOS)}")
    return SCENARIOS[name]


def _arguments(
    scenario: Scenario, world: str, users: int | None, days: int | None, seed: int | None
) -> Arguments:
    given = {"users": users, "days": days, "seed": seed}
    sizes = {name: value for name, value in given.items() if value is not None}
    arguments = replace(scenario.defaults, world=world, **sizes)
    scenario.check(arguments)
    return arguments


Users = Annotated[int | None, typer.Option(help="Number of users.")]
Days = Annotated[int | None, typer.Option(help="Length of the history in days.")]
Processes = Annotated[
    int | None,
    typer.Option(
        min=0,
        help="Processes that write Parquet, besides the one that simulates; by default as many as "
        "there are processors. With 0 one process does both. The files are the same.",
    ),
]


@app.command()
def generate(
    out: Annotated[Path, typer.Option(help="Folder that gets a folder for the scenario.")],
    scenario: Annotated[
        str, typer.Argument(help=f"Which scenario: {' or '.join(SCENARIOS)}.")
    ] = "ride_sharing",
    world: Annotated[str, typer.Option(help=f"Which of its worlds. {_ABOUT_WORLDS}")] = "healthy",
    users: Users = None,
    days: Days = None,
    seed: Annotated[int | None, typer.Option(help="Seed of every random draw.")] = None,
    form: Annotated[
        str,
        typer.Option(
            "--format",
            help="csv: one file for each event, made in memory. parquet: one for each event and "
            "day, of any size; run again after an interruption, it goes on where it was.",
        ),
    ] = "csv",
    processes: Processes = None,
) -> None:
    """Make a world of events; without options it is the committed one."""
    with _errors_in_one_line():
        if form not in ("csv", "parquet"):
            raise WorldError(f"unknown format {form!r}: choose csv or parquet")
        chosen = _scenario(scenario)
        arguments = _arguments(chosen, world, users, days, seed)
        if form == "csv":
            _write_csv(chosen, arguments, out)
        else:
            _write_parquet(chosen, arguments, out, _processes(processes))


@app.command()
def seeds() -> None:
    """Rewrite the committed seeds of every scenario."""
    with _errors_in_one_line():
        _write_seeds()


@app.command("all")
def all_worlds(
    out: Annotated[Path, typer.Option(help="Folder that gets a folder for each world.")] = WORLDS,
    scenario: Annotated[
        str | None, typer.Option(help="Only the worlds of this scenario beside the seeds.")
    ] = None,
    users: Users = None,
    days: Days = None,
    processes: Processes = None,
) -> None:
    """Rewrite the seeds, and write every other world as Parquet.

    The seeds are the healthy worlds in their own size; with another size these are written, too.
    """
    with _errors_in_one_line():
        chosen = SCENARIOS.values() if scenario is None else [_scenario(scenario)]
        is_resized = users is not None or days is not None
        planned = [
            (each, _arguments(each, world, users, days, None))
            for each in chosen
            for world in each.worlds
            if is_resized or world != each.defaults.world
        ]
        _write_seeds()
        for each, arguments in planned:
            _write_parquet(each, arguments, out / arguments.world, _processes(processes))


if __name__ == "__main__":
    app()
