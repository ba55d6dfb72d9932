"""MetricFlow's SQL for metrics of the semantic layer, without a connection to anything."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

MANIFEST = "semantic_manifest.json"


class Renderer:
    """Renders queries of what a semantic manifest has, in DuckDB's SQL."""

    def __init__(self, manifest: Path) -> None:
        """Read a manifest that dbt wrote with the var semantic_layer."""
        from metricflow.engine.metricflow_engine import MetricFlowEngine
        from metricflow_semantics.model.dbt_manifest_parser import (
            parse_manifest_from_dbt_generated_manifest,
        )
        from metricflow_semantics.model.semantic_manifest_lookup import SemanticManifestLookup

        text = manifest.read_text(encoding="utf-8")
        lookup = SemanticManifestLookup(parse_manifest_from_dbt_generated_manifest(text))
        self._engine = MetricFlowEngine(lookup, _client())

    def sql(self, metrics: Sequence[str], grain: str, slices: Sequence[str] = ()) -> str:
        """The query of metrics by a grain of time and slices; columns are these, then the metrics.

        Raises:
            InvalidQueryException: of MetricFlow, which says what there is.
        """
        from metricflow.engine.metricflow_engine import MetricFlowQueryRequest

        request = MetricFlowQueryRequest.create(
            metric_names=list(metrics), group_by_names=[f"metric_time__{grain}", *slices]
        )
        return str(self._engine.explain(request).sql_statement.sql)


def _client() -> Any:
    """What the engine asks of a connection to render SQL: which engine it is for."""
    from metricflow.protocols.sql_client import SqlEngine
    from metricflow.sql.render.duckdb_renderer import DuckDbSqlPlanRenderer

    class Client:
        sql_engine_type = SqlEngine.DUCKDB
        sql_plan_renderer = DuckDbSqlPlanRenderer()
        unsupported_granularities: frozenset[Any] = frozenset()

        def render_bind_parameter_key(self, key: str) -> str:
            return f"${key}"

    return Client()
