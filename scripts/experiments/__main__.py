"""Command line of the checks of the statistics macros: `python -m scripts.experiments --help`."""

import shutil
from enum import StrEnum
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import track

from scripts.benchmark.process import RunFailedError
from scripts.experiments import (
    benchmark,
    comparison,
    interval_simulation,
    simulated_comparisons,
    simulation,
    splits,
)
from scripts.experiments.queries import runner
from scripts.experiments.spark_queries import spark_runner
from scripts.manifest import PROJECT
from scripts.terminal import plain, wide_console

app = typer.Typer(add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False)
console = wide_console()
progress = Console(stderr=True)


class Engine(StrEnum):
    """What the macros are rendered for."""

    duckdb = "duckdb"
    spark = "spark"


@app.command()
def compare(
    draws: Annotated[int, typer.Option(help="Number of draws of random data for each case.")] = 20,
    seed: Annotated[int, typer.Option(help="Seed of the first draw.")] = 1,
    engine: Annotated[
        list[Engine] | None,
        typer.Option(help="What runs the macros, once for each."),
    ] = None,
    macro: Annotated[
        list[str] | None, typer.Option(help="A macro; can be repeated. Without it, all.")
    ] = None,
) -> None:
    """Compare each macro with another library and print the greatest relative error.

    On Spark all draws are one query, where a macro can tell them apart, and all macros take hours.
    Exit status: 0 every error is within its bound, which the last column has; 1 one is not; 2 there
    is no such macro.
    """
    known = {case.macro for case in comparison.CASES}
    if unknown := sorted(set(macro or []) - known):
        names = f"no macro {', '.join(unknown)} is compared, only {', '.join(sorted(known))}"
        console.print(plain(f"error: {names}", "red"))
        raise typer.Exit(2)
    cases = [case for case in comparison.CASES if not macro or case.macro in macro]
    errors = {}
    with TemporaryDirectory() as folder:
        queries, seeds = comparison.QUERIES, range(seed, seed + draws)
        for one in engine or [Engine.duckdb]:
            is_spark = one is Engine.spark
            run = spark_runner(queries, Path(folder)) if is_spark else runner(queries)
            found = comparison.compare(cases, run, seeds, together=is_spark)
            errors[one.value] = list(track(found, str(one), len(cases), console=progress))
    console.print(comparison.show(errors))
    raise typer.Exit(not all(error.is_within_bound for found in errors.values() for error in found))


@app.command()
def simulate(
    aa: Annotated[int, typer.Option(help="Number of A/A experiments.")] = 1000,
    ab: Annotated[int, typer.Option(help="Number of A/B experiments.")] = 300,
    null: Annotated[int, typer.Option(help="Number of comparisons without an effect.")] = 1000,
    seed: Annotated[int, typer.Option(help="Seed of the random numbers.")] = 1,
) -> None:
    """Simulate experiments and comparisons, and print how often each method was wrong.

    Fewer experiments give rates that are further off by luck, so what is expected is wider then.
    Exit status: 0 every rate is as expected; 1 one is not.
    """
    queries = simulation.compile_readouts()
    without_effect = simulation.false_positives(queries, aa, seed)
    with_effect = simulation.coverage(queries, ab, seed + 1)
    console.print(simulation.show(f"False positives in {aa:,} A/A experiments", without_effect))
    title = f"95 % intervals that hold the effect, {ab:,} A/B experiments"
    console.print(simulation.show(title, with_effect))
    compared = simulated_comparisons.compile_comparisons()
    positives, holding_zero = simulated_comparisons.verdicts(compared, null, seed)
    title = f"False positives in {null:,} comparisons without an effect"
    console.print(simulation.show(title, positives))
    title = f"95 % intervals that hold zero, {null:,} comparisons without an effect"
    console.print(simulation.show(title, holding_zero))
    verdicts = without_effect + with_effect + positives + holding_zero
    raise typer.Exit(not all(verdict.kept for verdict in verdicts))


@app.command("intervals")
def simulate_intervals(
    targets: Annotated[int, typer.Option(help="Number of targets of each kind.")] = 1000,
    seed: Annotated[int, typer.Option(help="Seed of the random numbers.")] = 1,
) -> None:
    """Simulate targets and print how often their intervals hold the truth, and luck misses them.

    Exit status: 0 every rate is as expected; 1 one is not.
    """
    verdicts = interval_simulation.simulate(targets, seed)
    console.print(simulation.show(f"Intervals of {targets:,} targets", verdicts))
    raise typer.Exit(not all(verdict.kept for verdict in verdicts))


@app.command("splits")
def split_anew(
    database: Annotated[Path, typer.Argument(help="A database in which experiments are built.")],
    experiment: Annotated[
        list[str] | None, typer.Option(help="An experiment; can be repeated. Without it, all.")
    ] = None,
    number: Annotated[int, typer.Option("--splits", help="Number of A/A splits of each.")] = 1000,
    seed: Annotated[int, typer.Option(help="Seed of the random numbers.")] = 1,
) -> None:
    """Split the units of experiments anew, and print how often their readouts see a difference.

    Exit status: 0 every rate is as expected; 1 one is not; 2 there is no such experiment.
    """
    if unknown := sorted(set(experiment or []) - splits.EXPERIMENTS.keys()):
        names = f"no experiment {', '.join(unknown)}, only {', '.join(splits.EXPERIMENTS)}"
        console.print(plain(f"error: {names}", "red"))
        raise typer.Exit(2)
    are_kept = True
    for name, declared in splits.compile_experiments(experiment or splits.EXPERIMENTS).items():
        units, verdicts = splits.false_positives(declared, database, number, seed)
        title = f"{name}: false positives in {number:,} A/A splits of {units:,} units"
        console.print(simulation.show(title, verdicts))
        are_kept &= all(verdict.kept for verdict in verdicts)
    raise typer.Exit(not are_kept)


@app.command("benchmark")
def time_readout(
    users: Annotated[int, typer.Option(help="Users of the simulated world.")] = 260_000,
    runs: Annotated[int, typer.Option(help="Number of runs.")] = 3,
) -> None:
    """Time the readout of Quick Access on about 38 events of each user, and its SQL bare."""
    folder = PROJECT / "target" / "readout"
    shutil.rmtree(folder, ignore_errors=True)
    events = benchmark.make_world(folder / "world", users)
    try:
        measured = [
            benchmark.measure(folder / "world", folder / f"run_{number}") for number in range(runs)
        ]
    except RunFailedError as error:
        # The folder stays until the next run, with the output that the message names.
        console.print(plain(f"error: {error}", "red"))
        raise typer.Exit(1) from None
    shutil.rmtree(folder)
    console.print(benchmark.show(events, measured))


if __name__ == "__main__":
    app()
