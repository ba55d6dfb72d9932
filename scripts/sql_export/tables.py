"""`create table` statements of what a scenario's queries read, and of its star schema."""

from __future__ import annotations

import re
import textwrap
from dataclasses import dataclass, replace
from graphlib import TopologicalSorter
from typing import Any

from scripts.manifest import Manifest
from scripts.sql_export.analyses import event_table, read_analyses
from scripts.sql_export.dialects import Dialect, check_syntax, type_name

REF = re.compile(r"ref\('(\w+)'\)")


@dataclass(frozen=True)
class Table:
    """A table of a model; `references` maps a column to the table and column that it refers to."""

    name: str
    model: str
    description: str
    columns: dict[str, str]
    required: frozenset[str]
    key: tuple[str, ...]
    references: dict[str, tuple[str, str]]


def event_tables(manifest: Manifest, scenario: str) -> list[Table]:
    """One table for each logged signal, of its clean events: the envelope, then its own fields."""
    return [
        Table(
            name=event_table(signal.model),
            model=signal.model,
            description=signal.description,
            columns={column.name: column.data_type for column in signal.columns},
            required=frozenset(
                column.name for column in signal.columns if column.rules.get("required")
            ),
            # Staging keeps one row for each event.
            key=("event_id",),
            references={},
        )
        for signal in manifest.signals()
        if signal.scenario == scenario and not signal.is_derived
    ]


def query_tables(manifest: Manifest, scenario: str) -> list[Table]:
    """All that the whiteboard queries of a scenario read: its clean events, then facts alone."""
    read: set[str] = set()
    for analysis in read_analyses(manifest):
        if analysis.scenario == scenario:
            read |= analysis.references
    facts = [
        replace(table, references={})
        for table in star_schema_tables(manifest, scenario)
        if table.model in read
    ]
    return [*event_tables(manifest, scenario), *facts]


def star_schema_tables(manifest: Manifest, scenario: str) -> list[Table]:
    """The dimensions and facts of a scenario, what is referred to before what refers to it."""
    nodes = {
        node["name"]: node
        for node in manifest.models()
        if node["fqn"][1:3] == [scenario, "core"] and node["name"].startswith(("dim_", "fct_"))
    }
    keys: dict[str, tuple[str, ...]] = {name: () for name in nodes}
    relations: dict[str, dict[str, tuple[str, str]]] = {name: {} for name in nodes}
    for test in _generic_tests(manifest):
        model, arguments = test["attached_node"].split(".")[-1], test["test_metadata"]["kwargs"]
        if model not in nodes:
            continue
        match test["test_metadata"]["name"]:
            case "unique":
                keys[model] = (arguments["column_name"],)
            case "unique_combination":
                keys[model] = tuple(arguments["columns"])
            case "relationships":
                to = REF.findall(arguments["to"])[0]
                relations[model][arguments["column_name"]] = (to, arguments["field"])

    # Engines let a table be referred to by its key only.
    references = {
        name: {
            column: (to, field)
            for column, (to, field) in sorted(columns.items())
            if keys.get(to) == (field,)
        }
        for name, columns in relations.items()
    }
    order = TopologicalSorter(
        {name: {to for to, _ in columns.values()} for name, columns in references.items()}
    )
    return [
        Table(
            name=star_schema_table(name, scenario),
            model=name,
            description=nodes[name]["description"].strip(),
            columns={
                column["name"]: column["data_type"] for column in nodes[name]["columns"].values()
            },
            required=frozenset(
                column["name"]
                for column in nodes[name]["columns"].values()
                if any(rule["type"] == "not_null" for rule in column["constraints"])
            ),
            key=keys[name],
            references={
                column: (star_schema_table(to, scenario), field)
                for column, (to, field) in references[name].items()
            },
        )
        for name in order.static_order()
    ]


def star_schema_table(model: str, scenario: str) -> str:
    """The bare name of a dimension or fact: fct_ride_sharing__rides has fct_rides."""
    return model.replace(f"{scenario}__", "")


def create_tables(tables: list[Table], dialect: Dialect) -> str:
    """The statements, one for each table, in the given order.

    Raises:
        ValueError, sqlglot.errors.SqlglotError: a statement does not parse in its dialect.
    """
    text = "\n".join(_create_table(table, dialect) for table in tables)
    check_syntax(text, dialect)
    return text


def _create_table(table: Table, dialect: Dialect) -> str:
    lines = [
        f"{name} {type_name(data_type, dialect)}{' not null' if name in table.required else ''}"
        for name, data_type in table.columns.items()
    ]
    if dialect.key_suffix is not None:
        # Rows may be unique by columns that can be null; a primary key has none of these.
        if table.key and table.required.issuperset(table.key):
            lines.append(f"primary key ({', '.join(table.key)}){dialect.key_suffix}")
        for column, (to, field) in table.references.items():
            lines.append(f"foreign key ({column}) references {to} ({field}){dialect.key_suffix}")
    description = textwrap.fill(
        table.description, 100, initial_indent="-- ", subsequent_indent="-- "
    )
    columns = ",\n    ".join(lines)
    return f"{description}\ncreate table if not exists {table.name} (\n    {columns}\n);\n"


def _generic_tests(manifest: Manifest) -> list[dict[str, Any]]:
    return [
        node
        for node in manifest.nodes.values()
        if node["resource_type"] == "test" and "test_metadata" in node and node["attached_node"]
    ]
