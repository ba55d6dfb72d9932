"""Writes the lists that repeat what the YAML of signals and metrics declares.

dbt needs every ref when it parses, before anything can be derived from the manifest, so what lists
signals or metrics is written from their YAML: `python -m scripts.sync`, or `make sync`.
"""

from __future__ import annotations

import contextlib
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from scripts.declared import (
    DeclarationError,
    DeclaredMetric,
    DeclaredSignal,
    declared_metrics,
    declared_scenarios,
    declared_signals,
)
from scripts.docs.entities import entity_page
from scripts.docs.settings import DECLARATIONS, settings_page
from scripts.manifest import PROJECT, Manifest, read_manifest
from scripts.rendering import renderer
from scripts.semantic_layer.calls import marts_with_calls
from scripts.semantic_layer.files import FOLDER, layer_files
from scripts.semantic_layer.layer import layer_of
from scripts.switches import scenario_switches

COMMAND = "python -m scripts.sync"
SETTINGS_PAGE = Path("docs/settings.md")
DIFFERENCE, USAGE_ERROR = 1, 2
WRITTEN = f"Written by `{COMMAND}`"

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


def lists_of_names(project: Path = PROJECT) -> dict[Path, str]:
    """Text of every file that lists scenarios, signals or metrics, by its path below the project.

    Raises:
        DeclarationError: a YAML file lacks what it must declare.
    """
    texts = scenario_switches(WRITTEN, project)
    for scenario in declared_scenarios(project):
        signals = declared_signals(scenario, project)
        metrics = declared_metrics(scenario, project)
        models = Path("models") / scenario
        union = models / "targets" / f"{scenario}__metric_values.sql"
        quarantine = models / "staging" / f"{scenario}__quarantine.sql"
        exposures = models / f"_{scenario}.yml"
        texts |= {
            union: _with_list(
                project / union, f"union_marts('{scenario}'", [metric.name for metric in metrics]
            ),
            quarantine: _with_list(
                project / quarantine,
                f"quarantine_events('{scenario}'",
                [signal.name for signal in signals],
            ),
            exposures: _with_marts((project / exposures).read_text(encoding="utf-8"), metrics),
            models / "staging" / f"_{scenario}__sources.yml": _sources(scenario, signals),
            Path("seeds") / scenario / f"_{scenario}__seeds.yml": _seeds(scenario, signals),
        }
    return texts


def entity_pages(manifest: Manifest) -> dict[Path, str]:
    """Text of the page with the entity diagram of each scenario, by its path below the project."""
    scenarios = {question.scenario for question in manifest.questions()}
    return {
        Path("docs") / f"{scenario}_entities.md": entity_page(manifest, scenario)
        for scenario in sorted(scenarios)
    }


def differences(texts: dict[Path, str], project: Path = PROJECT) -> list[Path]:
    """The files that do not hold their text, by path below the project."""
    return [
        path
        for path, text in texts.items()
        if not (project / path).exists() or (project / path).read_text(encoding="utf-8") != text
    ]


def _with_list(path: Path, call: str, names: list[str]) -> str:
    """A model with the list that its macro call ends with; what stands around the call stays."""
    lines = "".join(f"    '{name}',\n" for name in names)
    found = f"{{{{ {call}, [\n{lines}]) }}}}"
    if not path.exists():
        return f"{{#- The list is written by `{COMMAND}`. -#}}\n{found}\n"
    text = path.read_text(encoding="utf-8")
    before, begins, rest = text.partition(f"{{{{ {call}, [")
    _, ends, after = rest.partition("]) }}")
    if not begins or not ends:
        raise DeclarationError(f"{path}: {{{{ {call}, [...]) }}}} is missing")
    return f"{before}{found}{after}"


def _sources(scenario: str, signals: list[DeclaredSignal]) -> str:
    tables = "".join(
        f"""\
      - name: {signal.name}
        description: Raw events; fields as in stg_{scenario}__{signal.name}.
"""
        for signal in signals
    )
    return f"""\
# {WRITTEN}. The same events as tables that already lie in the warehouse
# (var raw_schema), or as files (raw_path).
sources:
  - name: {scenario}
    description: Raw events of {scenario} outside the project's seeds.
    schema: "{{{{ var('raw_schema') or 'raw' }}}}"
    # Logs come once a day: without one delivery dbt warns, after three days it fails.
    # received_at may be text; what of it is no time is the quarantine's to say.
    config:
      loaded_at_field: try_cast(received_at as timestamp)
      freshness:
        warn_after: {{count: 36, period: hour}}
        error_after: {{count: 3, period: day}}
    tables:
{tables}"""


def _seeds(scenario: str, signals: list[DeclaredSignal]) -> str:
    seeds = "".join(
        f"""\
  - name: raw_{scenario}__{signal.name}
    description: Raw {signal.name} events, as logged.
    config:
      column_types:
{"".join(f"        {column.name}: varchar{chr(10)}" for column in signal.columns)}"""
        for signal in signals
    )
    return f"""\
# {WRITTEN}. Raw events as they come: every field is text, so that a
# value that does not parse reaches the quarantine instead of stopping the load. What the fields
# mean stands with the staging models.
seeds:
{seeds}"""


def _with_marts(exposures: str, metrics: list[DeclaredMetric]) -> str:
    """The exposures of a scenario, each depending on the marts of its question."""
    first, *blocks = re.split(r"(?m)^(?=  - name: )", exposures)
    return first + "".join(_with_marts_of_one(block, metrics) for block in blocks)


def _with_marts_of_one(exposure: str, metrics: list[DeclaredMetric]) -> str:
    question = re.search(r"(?m)^ +question: [\"']?([\w.]+)", exposure)
    marts = [metric.name for metric in metrics if question and metric.question == question[1]]
    refs = "".join(f"      - ref('mart_{name}')\n" for name in marts)
    rest = re.sub(r"(?m)^    (# Written by .*\n    )?depends_on:\n(      - .*\n)*", "", exposure)
    return f"{rest}    # {WRITTEN}.\n    depends_on:\n{refs}" if marts else rest


def _pages() -> dict[Path, str]:
    """Text of every page that is derived from the project as dbt parses it now, by its path.

    Raises:
        DeclarationError: it does not parse; the message is dbt's.
    """
    # A second that a difference in the lists does not need.
    from dbt.cli.main import dbtRunner

    target = PROJECT / "target"
    places = ("--project-dir", PROJECT, "--profiles-dir", PROJECT, "--target-path", target)
    outcome: Any = dbtRunner().invoke(["--quiet", "parse", *map(str, places)])
    if not outcome.success:
        raise DeclarationError(f"dbt parse: {outcome.exception}")
    manifest = read_manifest(target)
    pages = entity_pages(manifest)
    with renderer(outcome.result, {}, target="memory") as found:
        layers = [layer_of(mart) for mart in marts_with_calls(manifest, found)]
    pages |= layer_files(layers, WRITTEN)
    # Into no database, which a build may hold.
    compiled = ["compile", "--inline", DECLARATIONS, "--target", "memory"]
    with contextlib.redirect_stdout(None):
        outcome = dbtRunner(outcome.result).invoke(["--quiet", *compiled, *map(str, places)])
    if not outcome.success:
        raise DeclarationError(f"dbt compile: {outcome.exception}")
    declarations = json.loads(outcome.result.results[0].node.compiled_code)
    return {**pages, SETTINGS_PAGE: settings_page(declarations)}


def _wrong(texts: dict[Path, str], check: bool) -> Iterator[Path]:
    for path in differences(texts):
        if not check:
            (PROJECT / path).parent.mkdir(parents=True, exist_ok=True)
            (PROJECT / path).write_text(texts[path], encoding="utf-8")
        yield path


def files_left_over(texts: dict[Path, str], project: Path = PROJECT) -> list[Path]:
    """Files of the semantic layer that nothing writes any longer, by path below the project."""
    found = (path.relative_to(project) for path in project.glob(f"{FOLDER}/*/*"))
    scenarios = set(declared_scenarios(project))
    return sorted(path for path in found if path not in texts and path.parent.name in scenarios)


def _left_over(texts: dict[Path, str], check: bool) -> Iterator[Path]:
    for path in files_left_over(texts):
        if not check:
            (PROJECT / path).unlink()
        yield path


@app.command()
def sync(
    check: Annotated[bool, typer.Option(help="Write nothing; say what differs.")] = False,
) -> None:
    """Write every list of signals and metrics, the entity diagrams, and the page of settings.

    Exit status: 0 written, or nothing differs; 1 something differs (`--check`); 2 a YAML file lacks
    what it must declare.
    """
    try:
        # The names first: dbt cannot parse a list with a mart that is gone.
        changed = list(_wrong(lists_of_names(), check))
        if not (check and changed):
            pages = _pages()
            changed += [*_wrong(pages, check), *_left_over(pages, check)]
    except DeclarationError as error:
        typer.secho(f"error: {error}", fg="red", err=True)
        raise typer.Exit(USAGE_ERROR) from None
    for path in changed:
        typer.echo(f"{path}: differs; run `{COMMAND}`" if check else path)
    sys.exit(DIFFERENCE if check and changed else 0)


if __name__ == "__main__":
    app()
