"""dbt-colibri's command line: `python -m scripts.docs.column_lineage generate --help`."""

from __future__ import annotations

from dbt_colibri.cli.cli import cli  # type: ignore[import-untyped]
from sqlglot.optimizer.scope import Scope

# SQLGlot has renamed what dbt-colibri reads of a union. Without the old name every column that
# passes through a union loses its lineage, two thirds of all, and only the log says so.
if not hasattr(Scope, "union_scopes"):
    Scope.union_scopes = property(lambda scope: scope.set_operation_scopes)  # type: ignore[attr-defined]

if __name__ == "__main__":
    cli()
