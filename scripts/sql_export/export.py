"""The files of an export: whiteboard queries and tables, in every dialect."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from scripts.manifest import Manifest
from scripts.sql_export.analyses import Analysis, event_table, is_event, read_analyses
from scripts.sql_export.dialects import DIALECTS, Dialect, translate
from scripts.sql_export.tables import (
    create_tables,
    query_tables,
    star_schema_table,
    star_schema_tables,
)


def write_export(manifest: Manifest, folder: Path) -> list[Path]:
    """Write `<dialect>/<scenario>/<name>.sql` below the folder; returns the paths written."""
    written = []
    for name, text in exported_files(manifest):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        written.append(path)
    return written


def exported_files(manifest: Manifest) -> Iterator[tuple[str, str]]:
    """Name and text of each file."""
    scenarios = sorted({signal.scenario for signal in manifest.signals()})
    for dialect in DIALECTS:
        for analysis in read_analyses(manifest):
            yield query_file(analysis, dialect), query_text(analysis, dialect)
        for scenario in scenarios:
            for name, title, tables in (
                ("create_events", "what the queries read", query_tables(manifest, scenario)),
                ("create_star_schema", "star schema", star_schema_tables(manifest, scenario)),
            ):
                head = f"-- tables: {title} of {scenario}\n{_dialect_line(dialect)}"
                statements = create_tables(tables, dialect)
                yield f"{dialect.name}/{scenario}/{name}.sql", f"{head}\n\n{statements}"


def query_file(analysis: Analysis, dialect: Dialect) -> str:
    """Where a whiteboard query lies in an export, in a dialect."""
    return f"{dialect.name}/{analysis.scenario}/{analysis.name}.sql"


def query_text(analysis: Analysis, dialect: Dialect) -> str:
    """A whiteboard query in a dialect, with its header."""
    query = translate(_with_bare_names(analysis), dialect).removesuffix("\n")
    return f"{analysis.header}\n{_dialect_line(dialect)}\n{query};\n"


def _with_bare_names(analysis: Analysis) -> str:
    """The query over the tables of `create_events`."""
    return analysis.sql(
        lambda model: (
            event_table(model) if is_event(model) else star_schema_table(model, analysis.scenario)
        )
    )


def _dialect_line(dialect: Dialect) -> str:
    return f"-- dialect: {dialect.name} ({dialect.claim})"
