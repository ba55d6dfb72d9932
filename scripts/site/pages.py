"""Write the site: pages from templates, data as scripts, and what both need beside them."""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from scripts.docs import links
from scripts.docs.drawing import BOX_WIDTH, Drawing, draw
from scripts.docs.entities import model_of
from scripts.manifest import PROJECT, Manifest
from scripts.site.board import Judged, board, window_until
from scripts.site.content import ENVELOPE, Answer, Card, answers, read_planned
from scripts.site.dashboard import Dashboard, features_of, read_dashboards
from scripts.site.experiments import ROLES, count, day, probability, share
from scripts.site.json_values import script_json
from scripts.site.lineage import question_lineage
from scripts.site.practice import (
    engine_data,
    exercise_tables,
    exercises_by_scenario,
    exercises_data,
    interview,
    modelled_tables,
    practice_items,
)
from scripts.site.search import search_entries
from scripts.site.world import World, target_declarations
from scripts.sql_export.analyses import Analysis
from scripts.sql_export.dialects import DIALECTS, Dialect
from scripts.sql_export.export import query_file, query_text
from scripts.sql_export.tables import star_schema_tables

HERE = Path(__file__).parent
ASSETS, VENDOR = HERE / "assets", HERE / "vendor"
LIBRARIES = (
    "vendor/d3-7.9.2/d3.min.js",
    "vendor/d3-sankey-0.12.3/d3-sankey.min.js",
    "vendor/observablehq-plot-0.6.17/plot.umd.min.js",
)
EVERYWHERE = ("assets/page.js", "assets/search.js")
OF_EXPERIMENTS = ("numbers", "plot", "pictures", "line", "experiment")
OF_DASHBOARDS = (
    *("numbers", "plot", "line", "sankey", "pictures", "card", "experiment", "dashboard"),
)
OF_PRACTICE = ("history", "mock")
OF_EXERCISES = ("engine", "grader", "editor", "exercise")
TARGETS, EXPERIMENTS = "targets.html", "experiments/index.html"
PRACTICE = "practice/index.html"
FOLDERS = (*("assets", "vendor", "data", "questions", "experiments", "dashboards", "practice"),)
# What a page has no use for: it gets the engine of exercises as a script.
NOT_LOADED = shutil.ignore_patterns("duckdb-*", "package*.json", "*.mjs")
PICTURES = ("numbers", "plot", "line", "sankey", "pictures", "card", "sql", "lineage")


@dataclass(frozen=True)
class Scenario:
    """What the questions of a scenario share; `pages` maps a table to the page of its model."""

    name: str
    drawing: Drawing
    pages: Mapping[str, str]


class Site:
    """Writes the pages of some worlds; the first of them is what the pages show at first."""

    def __init__(
        self,
        manifest: Manifest,
        worlds: Sequence[World],
        out: Path,
        sql: Path | None = None,
        hidden: Path | None = None,
    ) -> None:
        """Prepare to write below `out`.

        `sql` is the folder of an export of queries. `hidden` is the database on which answers are
        graded; without it there is no practice.
        """
        self._manifest, self._worlds, self._out, self._sql = manifest, worlds, out, sql
        self._hidden = hidden
        self._answers = answers(manifest, worlds)
        self._targets = target_declarations(manifest)
        self._dashboards = read_dashboards(manifest)
        self._boards = {world.name: self._board(world) for world in worlds}
        self._environment = Environment(
            loader=FileSystemLoader([HERE / "templates", HERE.parent / "docs"]),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.filters["capitalized"] = capitalized
        self._environment.filters["coded"] = coded

    def write(self) -> None:
        """Write everything; what an earlier build left of it is gone."""
        for folder in FOLDERS:
            shutil.rmtree(self._out / folder, ignore_errors=True)
        self._out.mkdir(parents=True, exist_ok=True)
        shutil.copytree(ASSETS, self._out / "assets")
        shutil.copytree(VENDOR, self._out / "vendor", ignore=NOT_LOADED)
        built = {answer.question.id for answer in self._answers}
        planned = [one for one in read_planned() if one.id not in built]
        self._page("index.html", "home.html.jinja", answers=self._answers, planned=planned)
        for answer in self._answers:
            self._question(answer)
        self._target_board()
        self._experiment_pages()
        for dashboard in self._dashboards:
            self._dashboard(dashboard)
        if self._hidden is not None:
            self._practice(self._hidden)
        self._data("search", search_entries(self._answers))

    def _question(self, answer: Answer) -> None:
        question = answer.question
        self._page(
            f"questions/{question.id}.html",
            "question.html.jinja",
            scripts=[*LIBRARIES, *(f"assets/{name}.js" for name in PICTURES)],
            answer=answer,
            envelope=ENVELOPE,
            scenario=self._scenario(question.scenario, "../"),
            box_width=BOX_WIDTH,
            lineage=question_lineage(self._manifest, question),
            boards=self._boards,
            dialects=DIALECTS,
            query_text=lambda query: self._query(query.analysis, DIALECTS[0]),
            has_dashboard=question.id in {one.question for one in self._dashboards},
        )
        for card in answer.cards:
            name = f"{question.id}/{card.metric.name}"
            for world in self._worlds:
                self._data(f"{name}.{world.name}", self._card(card, world))
            if card.queries:
                self._data(f"{name}.sql", self._queries(card))

    def _practice(self, hidden: Path) -> None:
        """Mock interviews, exercises on two worlds, and modelling tasks."""
        exercises = exercises_by_scenario()
        scenarios = sorted({answer.question.scenario for answer in self._answers})
        exercises = {name: own for name, own in exercises.items() if name in scenarios}
        items = practice_items(self._answers, exercises, scenarios)
        self._data("practice/items", items)
        self._data("practice/engine", engine_data())
        self._practice_page(PRACTICE, "home.html.jinja", ["home"], practice=items)
        for answer in self._answers:
            self._practice_page(
                f"practice/interviews/{answer.question.id}.html",
                "interview.html.jinja",
                ["rubric", "interview"],
                answer=answer,
                parts=interview(answer),
            )
        for scenario in scenarios:
            self._practice_page(
                f"practice/modelling/{scenario}.html",
                "modelling.html.jinja",
                ["rubric", "modelling"],
                scenario=self._scenario(scenario, "../../"),
                box_width=BOX_WIDTH,
                signals=[
                    signal
                    for signal in self._manifest.signals()
                    if signal.scenario == scenario and not signal.is_derived
                ],
                envelope=ENVELOPE,
                tables=modelled_tables(self._manifest, scenario),
            )
        visible = self._worlds[0].database
        with ThreadPoolExecutor() as pool:
            contents = pool.map(
                lambda scenario: exercises_data(visible, hidden, scenario, exercises[scenario]),
                exercises,
            )
        for (scenario, own), content in zip(exercises.items(), contents, strict=True):
            self._practice_page(
                f"practice/sql/{scenario}.html",
                "sql.html.jinja",
                OF_EXERCISES,
                libraries=["vendor/workbench/workbench.min.js", "assets/sql.js"],
                scenario=scenario,
                exercises=own,
                tables=exercise_tables(self._manifest, scenario, own),
            )
            self._data(f"practice/{scenario}", content)

    def _practice_page(
        self,
        path: str,
        template: str,
        scripts: Sequence[str],
        libraries: Sequence[str] = (),
        **content: Any,
    ) -> None:
        own = [f"assets/practice/{name}.js" for name in (*OF_PRACTICE, *scripts)]
        self._page(path, f"practice/{template}", scripts=[*libraries, *own], **content)

    def _target_board(self) -> None:
        statuses = [one for world in self._worlds for one in world.statuses]
        filters = [
            (name, name.capitalize(), sorted({getattr(one, name) for one in statuses}))
            for name in ("status", "severity", "owner", "scenario")
        ]
        self._page(
            TARGETS,
            "targets.html.jinja",
            scripts=["assets/targets.js"],
            boards=self._boards,
            filters=filters,
        )

    def _dashboard(self, dashboard: Dashboard) -> None:
        answer = next(one for one in self._answers if one.question.id == dashboard.question)
        slices = {comparison["features"] for comparison in dashboard.comparisons.values()}
        series = [self._worlds[0].series[card.metric.name] for card in answer.cards]
        self._page(
            f"dashboards/{dashboard.question}.html",
            "dashboard.html.jinja",
            scripts=[*LIBRARIES, *(f"assets/{name}.js" for name in OF_DASHBOARDS)],
            answer=answer,
            dashboard=dashboard,
            features=features_of(series, slices),
            boards=self._boards,
        )
        models = [panel.draws["model"] for panel in dashboard.panels if "model" in panel.draws]
        for world in self._worlds:
            content = {
                "comparisons": dashboard.comparisons,
                "models": {model: world.models[model] for model in models},
            }
            self._data(f"dashboards/{dashboard.question}.{world.name}", content)

    def _experiment_pages(self) -> None:
        scenarios = [experiment.scenario for experiment in self._worlds[0].experiments]
        found = {
            scenario: [
                (world, experiment)
                for world in self._worlds
                for experiment in world.experiments
                if experiment.scenario == scenario and experiment.readout
            ]
            for scenario in scenarios
        }
        found = {scenario: own for scenario, own in found.items() if own}
        if found:
            self._page(EXPERIMENTS, "experiments.html.jinja", all_experiments=found.values())
        for scenario, own in found.items():
            self._page(
                f"experiments/{scenario}.html",
                "experiment.html.jinja",
                scripts=[*LIBRARIES, *(f"assets/{name}.js" for name in OF_EXPERIMENTS)],
                experiments=own,
                roles=ROLES,
                share=share,
                count=count,
                probability=probability,
                day=day,
            )
            for world, experiment in own:
                self._data(f"experiments/{scenario}.{world.name}", experiment.data())

    def _card(self, card: Card, world: World) -> dict[str, Any]:
        """What the card of a metric draws in a world, as JSON."""
        metric, series = card.metric, world.series[card.metric.name]
        main = series.main
        return {
            "label": metric.label,
            "main": main and {"grain": main.grain, "statistic": main.statistic},
            "grains": series.grains,
            "statistics": [
                {
                    "name": name,
                    "meaning": metric.statistics[name]["meaning"],
                    "insteadOf": metric.statistics[name].get("instead_of"),
                    "format": {"style": card.formats[name].style, "noun": card.formats[name].noun},
                }
                for name in series.statistics
            ],
            "slices": series.slices,
            "launch": launched_on(self._manifest, metric.scenario),
            "targets": [
                self._target(one)
                for one in self._boards[world.name]
                if one.status.metric == metric.name
            ],
            "pictures": [picture.data() for picture in world.pictures[metric.name]],
            **series.data(),
        }

    def _target(self, judged: Judged) -> dict[str, Any]:
        status = judged.status
        grain = self._grain(status.id)
        return {
            "id": status.id,
            "statistic": status.statistic,
            "basis": status.basis,
            "rule": judged.rule,
            "threshold": status.threshold,
            "upper": status.upper_threshold,
            "windowStart": _iso(status.window_start),
            "windowUntil": _iso(status.window_end and window_until(status.window_end, grain)),
        }

    def _board(self, world: World) -> list[Judged]:
        metrics = {metric.name: metric for metric in self._manifest.metrics()}
        grains = {identity: self._grain(identity) for identity in self._targets}
        return board(world.statuses, metrics, grains, world.since)

    def _grain(self, target: str) -> str:
        """The grain of the periods in a target's window."""
        return str(self._targets[target].get("window", {}).get("grain", "day"))

    def _scenario(self, name: str, root: str) -> Scenario:
        drawing = draw(star_schema_tables(self._manifest, name))
        project = self._manifest.project
        pages = {
            box.table.name: root + links.model_page(project, model_of(box.table.name, name))
            for box in drawing.boxes
        }
        return Scenario(name, drawing, pages)

    def _queries(self, card: Card) -> dict[str, dict[str, str]]:
        """The text of each query of a metric in each dialect, as it is exported."""
        return {
            query.name: {dialect.name: self._query(query.analysis, dialect) for dialect in DIALECTS}
            for query in card.queries
        }

    def _query(self, analysis: Analysis, dialect: Dialect) -> str:
        """A query in a dialect; to translate it takes longer than to read what was exported."""
        source = PROJECT / analysis.path
        exported = self._sql / query_file(analysis, dialect) if self._sql else None
        if exported and exported.exists() and _is_newer(exported, source):
            return exported.read_text(encoding="utf-8")
        return query_text(analysis, dialect)

    def _page(self, path: str, template: str, scripts: Sequence[str] = (), **content: Any) -> None:
        root = "../" * path.count("/")
        text = self._environment.get_template(template).render(
            root=root,
            here=path,
            project=self._manifest.project,
            worlds=self._worlds,
            links=links,
            menu=self._menu(),
            documents=self._documents(),
            scripts=[*EVERYWHERE, *scripts],
            **content,
        )
        file = self._out / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")

    def _documents(self) -> list[tuple[str, str]]:
        """What other steps of a build leave, where they have left it."""
        pages = {
            "Models": links.MODELS_PAGE,
            "Column lineage": links.COLUMNS_PAGE,
            "Data Docs": "../validation/data_docs/index.html",
        }
        return [(name, page) for name, page in pages.items() if (self._out / page).exists()]

    def _menu(self) -> list[tuple[str, str]]:
        pages = [("Questions", "index.html"), ("Targets", TARGETS)]
        if any(one.readout for one in self._worlds[0].experiments):
            pages.append(("Experiments", EXPERIMENTS))
        if self._hidden is not None:
            pages.append(("Practice", PRACTICE))
        for one in self._dashboards:
            pages.append((f"Dashboard {one.question}", f"dashboards/{one.question}.html"))
        return pages

    def _data(self, name: str, content: Any) -> None:
        """Write data as a script: a page from the disk may load no other file."""
        file = self._out / "data" / f"{name}.js"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(
            f"gsmt.data({script_json(name)}, {script_json(content)});\n", encoding="utf-8"
        )


def _is_newer(file: Path, source: Path) -> bool:
    """Whether a file was written after the source that it was made of, so far as is known."""
    return source.exists() and file.stat().st_mtime > source.stat().st_mtime


def launched_on(manifest: Manifest, scenario: str) -> str | None:
    """When a scenario's seeds launched what it is about; None where nobody says."""
    for node in manifest.nodes.values():
        if node["resource_type"] == "seed" and node["fqn"][1] == scenario:
            day = node["config"].get("meta", {}).get("gsmt", {}).get("launched_on")
            if day:
                return str(day)
    return None


def capitalized(text: str) -> str:
    """Text with a capital at its beginning, unless that is the name of a column."""
    is_word = re.match(r"[a-z]+['a-z-]*(?![\w])(?! =)", text)
    return text[:1].upper() + text[1:] if is_word else text


def coded(text: str) -> Markup:
    """Text whose `names` are code, and whose empty lines part paragraphs."""
    code = re.sub(r"`([^`]+)`", r"<code>\1</code>", str(escape(text)))
    return Markup("".join(f"<p>{part.strip()}</p>" for part in re.split(r"\n\s*\n", code)))


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
