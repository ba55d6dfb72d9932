"""The star schema of a scenario as a Mermaid entity diagram, which GitHub renders."""

from __future__ import annotations

from scripts.manifest import Manifest
from scripts.sql_export.tables import Table, star_schema_tables

HEAD = """\
# Entities of {scenario}

The dimensions and facts of the scenario, with their keys (PK) and what refers to them (FK). A table
is named as in the exported SQL: `{example}` is the model `{model}`.

Written by `python -m scripts.sync` from the contracts, the uniqueness tests and the
`relationships` tests of the models; a test fails when this file says anything else than they do.

```mermaid
{diagram}
```
"""


def entity_page(manifest: Manifest, scenario: str) -> str:
    """The Markdown page with the entity diagram of a scenario."""
    tables = sorted(star_schema_tables(manifest, scenario), key=lambda table: table.name)
    example = tables[0].name
    return HEAD.format(
        scenario=scenario,
        example=example,
        model=model_of(example, scenario),
        diagram=mermaid(tables),
    )


def mermaid(tables: list[Table]) -> str:
    """The tables as a Mermaid `erDiagram`: each with all its columns, then the references."""
    lines = ["erDiagram"]
    for table in tables:
        lines.append(f"    {table.name} {{")
        for column, data_type in table.columns.items():
            roles = {"PK": column in table.key, "FK": column in table.references}
            marks = ", ".join(mark for mark, holds in roles.items() if holds)
            lines.append(f"        {data_type} {column} {marks}".rstrip())
        lines.append("    }")
    for table in tables:
        for column, (parent, _) in table.references.items():
            one = "||" if column in table.required else "|o"
            many = "o|" if table.key == (column,) else "o{"
            lines.append(f"    {parent} {one}--{many} {table.name} : {column}")
    return "\n".join(lines)


def model_of(table: str, scenario: str) -> str:
    """The model behind a table: fct_rides of ride_sharing is fct_ride_sharing__rides."""
    kind, name = table.split("_", 1)
    return f"{kind}_{scenario}__{name}"
