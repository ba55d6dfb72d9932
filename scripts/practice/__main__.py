"""Exercises in SQL from the terminal: `python -m scripts.practice --help`."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import Annotated

import duckdb
import typer
from rich.table import Table

from scripts.practice.exercises import Exercise, ExerciseError, read_exercises
from scripts.practice.grading import Grader, QueryError, Result, Verdict
from scripts.practice.verification import verify as verify_exercises
from scripts.practice.worlds import HIDDEN, VISIBLE, NoWorldError, load_worlds
from scripts.terminal import plain, wide_console

FAILED, USAGE_ERROR = 1, 2

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)

Database = Annotated[
    Path, typer.Option(envvar="GSMT_DATABASE", help="The DuckDB file of the build: what you see.")
]
Hidden = Annotated[Path, typer.Option(help="The DuckDB file of the worlds that you do not see.")]
DATABASE, HIDDEN_DATABASE = Path("gsmt.duckdb"), Path("target/hidden/gsmt.duckdb")


@app.command("list")
def list_exercises(
    scenario: Annotated[str, typer.Option(help="Only those of a scenario.")] = "",
    level: Annotated[str, typer.Option(help="Only easy, medium or hard ones.")] = "",
    skill: Annotated[str, typer.Option(help="Only those that train a skill.")] = "",
) -> None:
    """List the exercises."""
    table = Table("exercise", "level", "skill", "title")
    for exercise in _exercises():
        wanted = ((scenario, exercise.scenario), (level, exercise.level), (skill, exercise.skill))
        if all(not asked or asked == has for asked, has in wanted):
            table.add_row(exercise.id, exercise.level, exercise.skill, plain(exercise.title))
    wide_console().print(table)


@app.command()
def show(
    identity: Annotated[str, typer.Argument(metavar="ID", help="<scenario>/<exercise>")],
    hints: Annotated[int, typer.Option(help="How many hints to show.")] = 0,
    solution: Annotated[bool, typer.Option("--solution", help="Show the solution.")] = False,
    database: Database = DATABASE,
) -> None:
    """Show an exercise: its prompt, the columns of the answer, its tables and some rows of each."""
    exercise = _exercise(identity)
    typer.echo(f"{exercise.title} ({exercise.level}, {exercise.skill})\n\n{exercise.prompt}")
    typer.echo("Columns of the answer:")
    for column in exercise.columns:
        typer.echo(f"  {column.name}: {column.description}")
    typer.echo("The order of rows counts." if exercise.is_ordered else "Rows in any order.")
    for number, hint in enumerate(exercise.hints[:hints], start=1):
        typer.echo(f"\nHint {number} of {len(exercise.hints)}: {hint}")
    if solution:
        typer.echo(f"\n{exercise.solution}")
    with duckdb.connect() as connection:
        _load(connection, exercise, {VISIBLE: database})
        for table in exercise.tables:
            typer.echo(f"\n{table}")
            described = connection.execute(f"describe {VISIBLE}.{table}").fetchall()
            _print(Result(("column", "type"), [row[:2] for row in described]))
            rows = connection.execute(f"from {VISIBLE}.{table} limit 3")
            names = tuple(column[0] for column in rows.description or ())
            _print(Result(names, rows.fetchall()))


@app.command()
def check(
    identity: Annotated[str, typer.Argument(metavar="ID", help="<scenario>/<exercise>")],
    answer: Annotated[Path, typer.Argument(help="A file with your query.", exists=True)],
    database: Database = DATABASE,
    hidden: Hidden = HIDDEN_DATABASE,
) -> None:
    """Run your query, and grade it on the world that you see and on one that you do not.

    Exit status: 0 it passes both; 1 it does not; 2 it cannot be graded.
    """
    exercise = _exercise(identity)
    query = answer.read_text(encoding="utf-8")
    with duckdb.connect() as connection:
        _load(connection, exercise, {VISIBLE: database, HIDDEN: hidden})
        grader = Grader(connection, exercise)
        try:
            result = grader.run(query)
            _print(Result(result.columns, result.rows[:20]))
            typer.echo(f"{len(result.rows)} rows")
            verdict = grader.grade(query)
        except QueryError as error:
            typer.secho(f"{answer}: {error}", fg="red", err=True)
            raise typer.Exit(FAILED) from None
    _tell(verdict)
    if not verdict.passed:
        raise typer.Exit(FAILED)


@app.command()
def verify(
    names: Annotated[
        list[str] | None, typer.Argument(metavar="[ID]...", help="Exercises or scenarios; or all.")
    ] = None,
    database: Database = DATABASE,
    hidden: Hidden = HIDDEN_DATABASE,
) -> None:
    """Verify exercises: solutions pass, wrong ones fail and earn their own feedback.

    Exit status: 0; 1 an exercise has a fault.
    """
    exercises = _exercises(names or ())
    try:
        found = list(verify_exercises(exercises, {VISIBLE: database, HIDDEN: hidden}))
    except NoWorldError as error:
        typer.secho(f"error: {error}", fg="red", err=True)
        raise typer.Exit(USAGE_ERROR) from None
    for exercise, fault in found:
        typer.echo(f"practice/{exercise.id}.yml: {fault}")
    if found:
        raise typer.Exit(FAILED)


def _exercises(names: Collection[str] = ()) -> list[Exercise]:
    try:
        return read_exercises(names)
    except ExerciseError as error:
        typer.secho(f"error: {error}", fg="red", err=True)
        raise typer.Exit(USAGE_ERROR) from None


def _exercise(identity: str) -> Exercise:
    for exercise in _exercises((identity,)):
        if exercise.id == identity:
            return exercise
    typer.secho(f"error: there is no exercise {identity!r}: see `list`", fg="red", err=True)
    raise typer.Exit(USAGE_ERROR)


def _load(
    connection: duckdb.DuckDBPyConnection, exercise: Exercise, databases: dict[str, Path]
) -> None:
    try:
        load_worlds(connection, databases, exercise.scenario, exercise.tables)
    except NoWorldError as error:
        typer.secho(f"error: {error}", fg="red", err=True)
        raise typer.Exit(USAGE_ERROR) from None


def _tell(verdict: Verdict) -> None:
    if verdict.passed:
        typer.secho("Right, on the world that you see and on the hidden one.", fg="green")
        return
    where = {
        VISIBLE: "this is not the answer on the world that you see",
        HIDDEN: "right on the world that you see, but not on the hidden one",
    }
    typer.secho(f"Not yet: {where[verdict.world or VISIBLE]}.", fg="red")
    typer.echo(verdict.said)
    if difference := verdict.difference:
        for what, row, rows in (
            ("expected", difference.missing, difference.missing_rows),
            ("yours", difference.unexpected, difference.unexpected_rows),
        ):
            if row is not None:
                typer.echo(f"{what}: {', '.join(map(str, row))} ({rows} such rows)")


def _print(result: Result) -> None:
    table = Table()
    for column in result.columns:
        table.add_column(plain(column))
    for row in result.rows:
        table.add_row(*("null" if value is None else plain(str(value)) for value in row))
    wide_console().print(table)


if __name__ == "__main__":
    app()
