"""The page of all settings, from their declarations in `macros/`."""

from __future__ import annotations

import json
from collections.abc import Iterable
from itertools import groupby
from typing import Any

# A query that renders to the declarations as JSON; dbt has the macros and the defaults.
DECLARATIONS = "{{ tojson(documented_settings()) }}"

INTRODUCTION = """\
# Settings

Written by `python -m scripts.sync` from `macros/settings/settings.sql`,
`macros/<scenario>/<scenario>_settings.sql` and the defaults in `dbt_project.yml`.

A setting is a dbt var: `dbt build --vars '{late_days: 3}'`, or a file of them,
`make build VARS=my_vars.yml`. Whatever is not as the table says, or is misspelt, is an error before
anything is built. It names the setting, the value and the rule.

The environment says where a build lies and what it may use:

| variable | default | meaning |
|---|---|---|
| `GSMT_DATABASE` | `gsmt.duckdb` | The DuckDB file of the build. One build at a time may use it. |
| `GSMT_MEMORY_LIMIT` | `6GB` | What DuckDB may use of memory; the rest it puts on disk. |
| `GSMT_WEBHOOK` | | The address that `make validate` posts a summary to. |
| `GSMT_SPARK_WAREHOUSE` | `target/spark` | The folder of the tables of `make spark`. |
"""


def settings_page(declarations: Iterable[dict[str, Any]]) -> str:
    """The page in Markdown: a table for all scenarios, and one for each with settings of its own.

    `declarations` are what DECLARATIONS renders to: scenario, name, default, rule, meaning.
    """
    parts = [INTRODUCTION]
    for scenario, settings in groupby(declarations, key=lambda one: one["scenario"]):
        title = "All scenarios" if scenario is None else scenario.replace("_", " ").capitalize()
        lines = [f"## {title}", "", "| setting | default | is | meaning |", "|---|---|---|---|"]
        for one in settings:
            default = json.dumps(one["default"])
            lines.append(f"| `{one['name']}` | `{default}` | {one['rule']} | {one['meaning']} |")
        parts.append("\n".join([*lines, ""]))
    return "\n".join(parts)
