"""Addresses inside the generated pages, relative to the site's folder."""

from __future__ import annotations

from urllib.parse import quote

# Where the site keeps what the tools write.
MODELS_PAGE = "static_index.html"
COLUMNS_PAGE = "columns/index.html"


def model_page(project: str, model: str) -> str:
    """The page of a model in dbt's docs."""
    return f"{MODELS_PAGE}#!/model/model.{project}.{model}"


def node_page(unique_id: str) -> str:
    """The page of a model or seed in dbt's docs."""
    return f"{MODELS_PAGE}#!/{unique_id.split('.')[0]}/{unique_id}"


def model_graph(project: str, model: str) -> str:
    """The lineage graph of a model and all that it is computed from."""
    return f"{model_page(project, model)}?{_graph(f'+{model}')}"


def question_page(project: str, exposure: str) -> str:
    """The page of a question's exposure in dbt's docs."""
    return f"{MODELS_PAGE}#!/exposure/exposure.{project}.{exposure}"


def question_graph(project: str, exposure: str) -> str:
    """The lineage graph of a question: its marts and all that they are computed from."""
    return f"{question_page(project, exposure)}?{_graph(f'+exposure:{exposure}')}"


def column_lineage(project: str, model: str, column: str) -> str:
    """The page of column lineage, opened at a column."""
    return f"{COLUMNS_PAGE}?model={quote(f'model.{project}.{model}')}&column={quote(column)}"


def _graph(selector: str) -> str:
    """The part of an address that opens the graph in full view with a selector of dbt."""
    return f"g_v=1&g_i={quote(selector, safe=':')}"
