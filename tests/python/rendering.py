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
from scripts.rendering import Renderer, renderer


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


class Rendering(Renderer):
    """Renders templates as nodes of the project, and runs queries, in a database of its own."""

    def query(self, sql: str) -> list[tuple[Any, ...]]:
        """All rows of a query."""
        cursor = self.adapter.connections.add_query(sql)[1]
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
            table = self.manifest.nodes[quarantine].relation_name
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
        before = self.config.cli_vars
        try:
            self._set({**before, **variables})
            yield
        finally:
            self._set(before)

    def _set(self, variables: dict[str, Any]) -> None:
        self.config.cli_vars = variables
        vars(self.config.args).update(vars=variables, VARS=variables)


@contextmanager
def rendering(folder: Path, **variables: Any) -> Iterator[Rendering]:
    """Parse the project with these vars, and use a folder for the database."""
    os.environ["GSMT_DATABASE"] = str(folder / "gsmt.duckdb")
    parser = warm_dbt.Parser(Path(os.environ["GSMT_PARSED"]))
    with renderer(parser.manifest(str(PROJECT), variables), variables) as found:
        yield Rendering(found.config, found.manifest, found.adapter)
