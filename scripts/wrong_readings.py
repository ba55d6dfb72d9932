"""What each mutation would have made a metric report: `python -m scripts.wrong_readings`.

The site says it beside what is true. To break and build 300 models takes minutes, so it is no part
of a build: what the seeds say is recorded in `scripts/mutations/<scenario>.json`.
"""

from __future__ import annotations

import json
import multiprocessing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Any

import duckdb
import typer
from rich.progress import track

from scripts import check
from scripts.check import CheckError, Metrics, break_in_memory, console, parse, run_parsed
from scripts.manifest import PROJECT, Metric
from scripts.mutate import MUTATIONS, Mutation, MutationError, read_mutations
from scripts.terminal import plain

# A mutation that changes a number by less tells nobody anything.
SMALLEST_CHANGE = 0.005
# Of several numbers that are another one, the first by this order is recorded.
GRAINS = ("week", "month", "day", "cohort")
COLUMNS = ("period_grain", "period_start", "dimension", "member", "statistic", "value")

Number = dict[str, Any]
Key = tuple[str, str, str, str, str]


def reported(folder: Path, built: Path, mutation: Mutation) -> Number | None:
    """Break a metric in memory and build it; the number that is another one, or None.

    Raises:
        MutationError: it does not fit.
    """
    made_of = Metrics(check.parsed.read(), mutation.metric)
    folder.mkdir()
    database = folder / "gsmt.duckdb"
    database.write_bytes((built / "gsmt.duckdb").read_bytes())
    truth = newest_numbers(database, made_of.metric)
    # What targets are judged on is built in a check, too; here only the mart counts.
    wanted = made_of.models_before(made_of.metric.model)
    models = [model for model in break_in_memory(made_of, mutation) if model in wanted]
    if not models:
        return None
    result = run_parsed(folder, "run", "--select", *models)
    if result.exception:
        raise MutationError(f"{mutation.metric}: {mutation.change}: {result.exception}")
    if not result.success:
        # What reads a broken fact may not even run; a build stops at the test that finds it.
        return None
    return _first_change(made_of.metric, truth, newest_numbers(database, made_of.metric))


def newest_numbers(database: Path, metric: Metric) -> dict[Key, float | None]:
    """Every number of the last complete period of each grain, by grain, day, slice, statistic."""
    with duckdb.connect(str(database), read_only=True) as connection:
        rows = connection.execute(
            f"""
            select {", ".join(COLUMNS)}
            from {metric.relation}
            where is_complete
            qualify period_start = max(period_start) over (partition by period_grain, statistic)
            """
        ).fetchall()
    return {
        (grain, period.isoformat(), dimension, member, statistic): value
        for grain, period, dimension, member, statistic, value in rows
    }


def _first_change(
    metric: Metric, truth: dict[Key, float | None], wrong: dict[Key, float | None]
) -> Number | None:
    """The first number that is another one: of all rather than a member, of the first statistic."""
    slices, statistics = ["all", *metric.slices], list(metric.statistics)

    def place(key: Key) -> tuple[Any, ...]:
        grain, period, dimension, member, statistic = key
        order = (slices.index(dimension), statistics.index(statistic), GRAINS.index(grain))
        return (*order, period, member)

    for key in sorted(truth, key=place):
        true, other = truth[key], wrong.get(key)
        if true is None or true == other:
            continue
        if other is None or abs(other - true) > SMALLEST_CHANGE * abs(true):
            return dict(zip(COLUMNS[:-1], key, strict=True)) | {"truth": true, "reported": other}
    return None


def _build_seeds(folder: Path, scenario: str) -> None:
    """Build the scenario as it is.

    Raises:
        CheckError: it does not build.
    """
    folder.mkdir()
    kinds = ("--resource-type", "model", "--resource-type", "seed")
    result = run_parsed(folder, "build", *kinds, "--select", scenario)
    if not result.success:
        raise CheckError(f"{scenario} does not build: {result.exception}")


def record(scenario: str, processes: int) -> Path:
    """Try every mutation of a scenario on its seeds and write what each would have reported.

    Raises:
        CheckError: the scenario does not build.
        MutationError: a mutation cannot be tried.
    """
    mart = next(PROJECT.glob(f"models/{scenario}/marts/mart_*.sql"))
    known = {metric.name for metric in parse(mart.stem.removeprefix("mart_")).metrics()}
    # Some mutations are of what all metrics share, and no card shows them.
    mutations = [
        one for one in read_mutations() if one.scenario == scenario and one.metric in known
    ]
    found: dict[str, dict[str, Number | None]] = {}
    with TemporaryDirectory() as name:
        folder = Path(name)
        # A process for each run, forked with what was parsed: dbt keeps one database open in each.
        with multiprocessing.get_context("fork").Pool(processes, maxtasksperchild=1) as pool:
            pool.apply(_build_seeds, (folder / "built", scenario))
            runs = [
                pool.apply_async(reported, (folder / str(number), folder / "built", mutation))
                for number, mutation in enumerate(mutations)
            ]
            tried = zip(mutations, runs, strict=True)
            for mutation, run in track(list(tried), f"Breaking {scenario}", console=console):
                found.setdefault(mutation.metric, {})[mutation.change] = run.get()
    path = MUTATIONS / f"{scenario}.json"
    path.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return path


def main(
    scenario: Annotated[
        list[str] | None, typer.Option(help="Whose mutations to try; all of them without.")
    ] = None,
    processes: Annotated[int, typer.Option(min=1, help="How many are tried at a time.")] = 2,
) -> None:
    """Record what each mutation of a metric would have reported for its last complete period.

    Takes a second or two for each. Exit status 2 if one cannot be tried.
    """
    known = sorted({one.scenario for one in read_mutations()})
    try:
        for name in scenario or known:
            if name not in known:
                raise CheckError(f"no mutation is known for {name}")
            console.print(plain(str(record(name, processes).relative_to(PROJECT))))
    except (CheckError, MutationError) as error:
        typer.secho(f"error: {error}", fg="red", err=True)
        raise typer.Exit(2) from None


if __name__ == "__main__":
    typer.run(main)
