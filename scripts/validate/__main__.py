"""Command line of the validation: `python -m scripts.validate --help`."""

from __future__ import annotations

import shutil
import sys
import time
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import MofNCompleteColumn, Progress

from scripts.manifest import Manifest, read_manifest
from scripts.target_status import (
    NotBuiltError,
    open_database,
    read_target_statuses,
    target_table,
)
from scripts.terminal import plain, wide_console
from scripts.validate.data_docs import make_offline
from scripts.validate.marts import Mart, export_mart
from scripts.validate.notify import NotificationError, is_web_address, post
from scripts.validate.result import Finding, Result

FAILED, USAGE_ERROR, NOT_NOTIFIED = 1, 2, 3

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@app.command()
def validate(
    database: Annotated[
        Path, typer.Option(envvar="GSMT_DATABASE", help="The DuckDB file of the build.")
    ] = Path("gsmt.duckdb"),
    target: Annotated[Path, typer.Option(help="dbt's target folder.")] = Path("target"),
    out: Annotated[Path, typer.Option(help="Folder for the result and the Data Docs.")] = Path(
        "target/validation"
    ),
    webhook: Annotated[
        str | None,
        typer.Option(envvar="GSMT_WEBHOOK", help="Address that gets a summary as JSON, by POST."),
    ] = None,
    scenario: Annotated[
        str | None, typer.Option(help="Whose marts, where one scenario is built alone.")
    ] = None,
) -> None:
    """Validate every mart against its suite.

    Exit status: 0 all is well; 1 something critical failed, such as a target of severity error
    that is missed; 2 there is nothing to validate; 3 all is well but the webhook did not take it.
    """
    errors = Console(stderr=True)
    try:
        if webhook is not None and not is_web_address(webhook):
            # It may hold a secret, so it is never shown.
            raise typer.BadParameter("the webhook (GSMT_WEBHOOK) is not an http or https address")
        manifest = read_manifest(target)
        manifest = manifest if scenario is None else manifest.only(scenario)
        result = _run(manifest, database, out)
    except (FileNotFoundError, NotBuiltError, typer.BadParameter) as error:
        _error(errors, error)
        raise typer.Exit(USAGE_ERROR) from None
    _report(result, out, wide_console())
    exit_code = 0 if result.success else FAILED
    if webhook is not None:
        try:
            post(webhook, result.summary())
        except NotificationError as error:
            _error(errors, error)
            exit_code = exit_code or NOT_NOTIFIED
    raise typer.Exit(exit_code)


def _run(manifest: Manifest, database: Path, out: Path) -> Result:
    started, run_at = time.monotonic(), datetime.now(UTC)
    folder, data_docs, result_file = out / "marts", out / "data_docs", out / "result.json"
    metrics = manifest.metrics()
    if not metrics:
        raise NotBuiltError("the manifest describes no metric, so there is nothing to validate")
    columns = (*Progress.get_default_columns(), MofNCompleteColumn())
    console = Console(stderr=True)
    hidden = not console.is_terminal  # where it would be a blank line in a log
    with Progress(*columns, console=console, transient=True, disable=hidden) as progress:
        task = progress.add_task("reading the marts", total=2 * len(metrics) + 2)
        with open_database(manifest, database) as connection:
            statuses = read_target_statuses(connection, manifest)
            # What an earlier run left would be taken for this one's.
            shutil.rmtree(data_docs, ignore_errors=True)
            result_file.unlink(missing_ok=True)
            folder.mkdir(parents=True, exist_ok=True)
            marts: list[Mart] = []
            for metric in metrics:
                targets = tuple(one for one in statuses if one.metric == metric.name)
                marts.append(export_mart(connection, metric, targets, folder))
                progress.advance(task)

        progress.update(task, description="loading Great Expectations")
        # Here and not above: it takes seconds, which no usage error should wait for.
        # Great Expectations imports PySpark where it is installed, which ends the process without
        # a word of its own where gRPC is not. Nothing here is read through Spark.
        sys.modules["pyspark"] = None  # type: ignore[assignment]
        from scripts.validate.checkpoint import make_context, run_checkpoint

        context = make_context(data_docs)
        progress.update(task, description="validating", advance=1)
        suites = run_checkpoint(
            context, marts, folder, run_at, after_suite=lambda: progress.advance(task)
        )
        seconds = time.monotonic() - started
        result = Result(manifest.project, run_at, seconds, suites, tuple(statuses))
        result.write(result_file)
        progress.update(task, description="writing Data Docs")
        context.build_data_docs()
        make_offline(data_docs)
        progress.advance(task)
    return result


def _report(result: Result, out: Path, console: Console) -> None:
    console.print(target_table(result.targets))
    for suite, finding in result.failures():
        what = "raised an exception" if finding.exception else finding.severity
        line = plain(f" {suite}, {finding.group}: {finding.sentence}{_seen(finding)}")
        console.print(plain(what, "red") + line, soft_wrap=True)
    groups = Counter(finding.group for suite in result.suites for finding in suite.findings)
    kinds = ", ".join(f"{count} of {group}" for group, count in groups.items())
    for told in (
        f"{len(result.suites)} suites, {groups.total()} expectations ({kinds}), "
        f"{len(result.failures())} not met, in {result.seconds:.0f} s",
        f"Data Docs: {out / 'data_docs' / 'index.html'}",
        f"Result: {out / 'result.json'}",
    ):
        console.print(plain(told), soft_wrap=True)


def _seen(finding: Finding) -> str:
    if finding.exception:
        return f" Saw: {finding.exception}"
    if finding.group == "target":
        return ""  # the sentence of a target says what was observed
    if not isinstance(finding.observed, dict):
        return f" Saw: {finding.observed}"
    examples = ", ".join(finding.observed["examples"])
    return f" Saw: {finding.observed['unexpected']} of {finding.observed['rows']} rows: {examples}"


def _error(console: Console, error: Exception) -> None:
    console.print(plain(f"error: {error}", "red"), soft_wrap=True)


if __name__ == "__main__":
    app()
