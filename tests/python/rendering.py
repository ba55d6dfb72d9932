"""The project's macros in this process: parsed once, rendered and run within milliseconds.

A build of one small event takes dbt two seconds; a test of hundreds of them renders the SQL and
runs it itself.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scripts import warm_dbt
from scripts.manifest import PROJECT


@dataclass(frozen=True)
class Outcome:
    """What becomes of an event's raw rows: what the check says, or the rows that there are.

    `quarantine` has origin, row in there, disposition, reason and content of each row; `rows` is
    the number of raw rows that the test of lost rows counts.
    """

    said: str
    staged: int = 0
    quarantine: tuple[tuple[str, int, str, str, str], ...] = ()
    rows: int = 0


class Rendering:
    """Renders templates as nodes of the project, and runs queries, in a database of its own."""

    def __init__(self, config: Any, manifest: Any, adapter: Any) -> None:
        """Use what `rendering` has set up."""
        self._config, self._manifest, self._adapter = config, manifest, adapter

    def render(self, node_id: str, template: str | None = None) -> str:
        """What a template, or else the node's own SQL, becomes in the place of a node.

        Raises:
            CompilationError: a macro refuses, with what it says.
        """
        from dbt.clients.jinja import get_rendered
        from dbt.context.providers import generate_runtime_model_context

        node = self._manifest.nodes[node_id]
        context = generate_runtime_model_context(node, self._config, self._manifest)
        return str(get_rendered(template or node.raw_code, context, node))

    def query(self, sql: str) -> list[tuple[Any, ...]]:
        """All rows of a query."""
        cursor = self._adapter.connections.add_query(sql)[1]
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows

    def outcome(self, scenario: str, event: str, **variables: Any) -> Outcome:
        """Check an event's files as its build does and, if nothing is wrong, read them."""
        from dbt import selected_resources

        staging = f"model.gsmt.stg_{scenario}__{event}"
        names = f"'{scenario}', '{event}'"
        selected_resources.set_selected_resources({staging})
        with self.variables(**variables):
            said = self.render(staging, "{{ check_raw_events() | join('\\n') }}").strip()
            if said:
                return Outcome(said)
            # A table, for staging may read it.
            quarantine = f"model.gsmt.{scenario}__quarantine"
            table = self._manifest.nodes[quarantine].relation_name
            events = self.render(
                quarantine, f"{{{{ quarantine_events('{scenario}', ['{event}']) }}}}"
            )
            self.query(f"create or replace table {table} as {events}")
            kept = self.query(
                f"select origin, origin_row, disposition, reason, content from {table}"
            )
            [(staged,)] = self.query(f"select count(*) from ({self.render(staging)})")
            count = self.render(staging, f"{{{{ raw_row_count({names}) }}}}")
            [(rows,)] = self.query(f"select {count}")
        return Outcome(said, staged, tuple(sorted(kept)), rows)

    @contextmanager
    def variables(self, **variables: Any) -> Iterator[None]:
        """Give dbt these vars meanwhile."""
        before = self._config.cli_vars
        try:
            self._set({**before, **variables})
            yield
        finally:
            self._set(before)

    def _set(self, variables: dict[str, Any]) -> None:
        self._config.cli_vars = variables
        vars(self._config.args).update(vars=variables, VARS=variables)


@contextmanager
def rendering(folder: Path, **variables: Any) -> Iterator[Rendering]:
    """Parse the project with these vars, and use a folder for the database."""
    from dbt.adapters.factory import get_adapter, register_adapter
    from dbt.config.runtime import RuntimeConfig, load_profile, load_project
    from dbt.context.providers import generate_runtime_macro_context
    from dbt.context.query_header import generate_query_header_context
    from dbt.flags import get_flags
    from dbt.mp_context import get_mp_context

    os.environ["GSMT_DATABASE"] = str(folder / "gsmt.duckdb")
    parser = warm_dbt.Parser(Path(os.environ["GSMT_PARSED"]))
    manifest = parser.manifest(str(PROJECT), variables)
    manifest.build_flat_graph()
    profile = load_profile(str(PROJECT), variables)
    project = load_project(str(PROJECT), False, profile, variables)
    flags = get_flags()  # type: ignore[no-untyped-call]
    config = RuntimeConfig.from_parts(project, profile, flags)
    register_adapter(config, get_mp_context())
    adapter: Any = get_adapter(config)
    adapter.set_macro_resolver(manifest)
    adapter.set_macro_context_generator(generate_runtime_macro_context)
    header = generate_query_header_context(config, manifest)
    adapter.connections.set_query_header(header)
    with adapter.connection_named("rendering"):
        yield Rendering(config, manifest, adapter)
    adapter.cleanup_connections()
