"""The files that dbt reads the semantic layer from, and the page of what is left out of it."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from pathlib import Path
from typing import Any

import yaml

from scripts.semantic_layer.expressions import Measure
from scripts.semantic_layer.layer import LeftOut, MartLayer, SemanticMetric, SemanticModel

FOLDER = Path("semantic")
PAGE = Path("docs/semantic_layer_left_out.md")
DAY = "occurred_on"

_PAGE = """\
# What the semantic layer leaves out

{written}. [semantic_layer.md](semantic_layer.md) says what is in it, and what it cannot say of any
metric. By metric and statistic:
"""


def layer_files(layers: Iterable[MartLayer], written: str) -> dict[Path, str]:
    """Text of every file of the semantic layer, and of the page, by path below the project.

    Args:
        layers: those of all marts, by scenario.
        written: the words that say what wrote them.
    """
    texts: dict[Path, str] = {}
    layers = list(layers)
    for scenario, found in groupby(layers, key=lambda layer: layer.mart.metric.scenario):
        of_room = list(found)
        folder = FOLDER / scenario
        content: dict[str, list[Any]] = {"models": [], "semantic_models": [], "metrics": []}
        for layer in of_room:
            views = {model.view: model for model in layer.models.values()}
            for view, model in views.items():
                content["models"].append(_view(layer, model))
                texts[folder / f"{view}.sql"] = _rows(layer, model)
            content["semantic_models"] += [_model(model) for model in layer.models.values()]
            content["metrics"] += [_metric(layer, metric) for metric in layer.metrics]
        dumped = yaml.safe_dump(
            content, sort_keys=False, width=118, allow_unicode=True, default_flow_style=None
        )
        texts[folder / f"_{scenario}__semantic.yml"] = f"# {written}.\n{dumped}"
    texts[PAGE] = _page([one for layer in layers for one in layer.left_out], written)
    return texts


def _rows(layer: MartLayer, model: SemanticModel) -> str:
    reads = "".join(f"    ref('{name}'),\n" for name in layer.mart.reads)
    calendar = f", '{model.day}', ref('{model.dates}')" if model.dates else ""
    call = f"rows_of_metric('{layer.mart.metric.model}', '{model.rows}', [\n{reads}]{calendar})"
    return f"{{{{ {call} }}}}\n"


def _view(layer: MartLayer, model: SemanticModel) -> dict[str, Any]:
    name = layer.mart.metric.name
    return {
        "name": model.view,
        "description": f"One row per row that {name} counts, as its mart has them: {model.rows}.",
        "config": {
            "materialized": "view",
            "meta": {"gsmt": {"rows_of": name, "slices": list(layer.mart.metric.slices)}},
        },
    }


def _model(model: SemanticModel) -> dict[str, Any]:
    return {
        "name": model.name,
        "model": f"ref('{model.view}')",
        "defaults": {"agg_time_dimension": DAY},
        "primary_entity": f"row_of_{model.name.removeprefix('rows_of_')}",
        "entities": [{"name": name, "type": "foreign", "expr": name} for name in model.slices],
        "dimensions": [
            {
                "name": DAY,
                "type": "time",
                "expr": model.day,
                "type_params": {"time_granularity": "day"},
            }
        ],
        "measures": [
            _measure(measure, name, name in model.inputs)
            for measure, name in model.measures.items()
        ],
    }


def _measure(measure: Measure, name: str, is_input: bool) -> dict[str, Any]:
    found: dict[str, Any] = {
        "name": name,
        "agg": measure.aggregation,
        "expr": measure.expression,
    }
    if measure.percentile is not None:
        found["agg_params"] = {
            "percentile": measure.percentile,
            "use_discrete_percentile": True,
        }
    if is_input:
        found["create_metric"] = True
    return found


def _metric(layer: MartLayer, metric: SemanticMetric) -> dict[str, Any]:
    facts = layer.mart.metric
    published = facts.statistics.get(metric.statistic)
    place: dict[str, Any] = {"scenario": facts.scenario, "mart": facts.model}
    if published:
        place["statistic"] = metric.statistic
    place |= {"grains": list(metric.grains), "slices": list(metric.slices)}
    meaning = published["meaning"] if published else f"{metric.statistic}, a part of others"
    return {
        "name": metric.name,
        "label": metric.name.replace("_", " ").capitalize(),
        "description": f"{facts.label}: {meaning}",
        "type": metric.kind,
        "type_params": metric.parameters,
        "config": {"meta": {"gsmt": place}},
    }


def _page(left_out: list[LeftOut], written: str) -> str:
    lines = [_PAGE.format(written=written)]
    for reason, found in groupby(sorted(left_out, key=lambda one: one.reason), lambda o: o.reason):
        lines += [f"## {reason}", "", "| metric | statistic | where |", "|---|---|---|"]
        lines += [f"| `{o.metric}` | `{o.statistic}` | {o.where or 'everywhere'} |" for o in found]
        lines.append("")
    return "\n".join(lines)
