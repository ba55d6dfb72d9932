"""Command line of the event worlds: `python -m scripts.worlds --help`."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import MofNCompleteColumn, Progress

from scripts.worlds.make import check, folder, make, write_references, write_world
from scripts.worlds.registry import SCENARIOS
from scripts.worlds.scenario import Scenario, WorldError

SEEDS = Path(__file__).resolve().parents[2] / "seeds"

_WORLDS = " ".join(
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
        console.print(f"error: {error}", style="red", highlight=False, soft_wrap=True)
        raise typer.Exit(2) from None


@contextmanager
def _progress(what: str, days: int) -> Iterator[Callable[[], None]]:
    """Show a bar on the terminal; give what has to be called after each day."""
    columns = (*Progress.get_default_columns(), MofNCompleteColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task(what, total=max(days, 0))
        yield lambda: progress.advance(task)


def _report(files: list[Path]) -> None:
    size = sum(path.stat().st_size for path in files)
    console.print(f"{len(files)} files, {size / 1e6:.2f} MB in {files[0].parent}", soft_wrap=True)


def _scenario(name: str) -> Scenario:
    if name not in SCENARIOS:
        raise WorldError(f"unknown scenario {name!r}: choose {' or '.join(SCENARIOS)}")
    return SCENARIOS[name]


@app.command()
def generate(
    out: Annotated[Path, typer.Option(help="Folder that gets a folder for the scenario.")],
    scenario: Annotated[
        str, typer.Argument(help=f"Which scenario: {' or '.join(SCENARIOS)}.")
    ] = "ride_sharing",
    world: Annotated[str, typer.Option(help=f"Which of its worlds. {_WORLDS}")] = "healthy",
    users: Annotated[int | None, typer.Option(help="Number of users.")] = None,
    days: Annotated[int | None, typer.Option(help="Length of the history in days.")] = None,
    seed: Annotated[int | None, typer.Option(help="Seed of every random draw.")] = None,
    form: Annotated[str, typer.Option("--format", help="csv or parquet.")] = "csv",
) -> None:
    """Make a world of events; without options it is the committed one."""
    with _errors_in_one_line():
        chosen = _scenario(scenario)
        given = {"users": users, "days": days, "seed": seed}
        arguments = replace(
            chosen.defaults,
            world=world,
            **{name: value for name, value in given.items() if value is not None},
        )
        check(chosen, arguments, form)
        target = folder(out / chosen.name)
        with _progress(f"{chosen.name} ({world})", arguments.days) as after_day:
            made = make(chosen, arguments, form, after_day)
        _report(write_world(made, form, target))


@app.command()
def seeds() -> None:
    """Rewrite the committed seeds of every scenario."""
    with _errors_in_one_line():
        for scenario in SCENARIOS.values():
            target = SEEDS / scenario.name
            with _progress(scenario.name, scenario.defaults.days) as after_day:
                made = make(scenario, scenario.defaults, "csv", after_day)
            files = write_world(made, "csv", target, prefix=f"raw_{scenario.name}__")
            _report(files + write_references(scenario, target))


if __name__ == "__main__":
    app()
