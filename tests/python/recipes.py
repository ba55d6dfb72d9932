"""Recipes of published data, as they are documented in docs/recipes."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import duckdb
import yaml


def own_events(recipe: Path, published: Path, folder: Path) -> dict[str, Any]:
    """The vars of a recipe, after its own query has made a table of the published file.

    Args:
        recipe: YAML; its comment holds the query, `duckdb -c "copy ... to 'my_events/...'"`.
        published: the file that the query reads by its name.
        folder: gets the folder my_events, which becomes raw_path.
    """
    (folder / "my_events").mkdir()
    text = recipe.read_text(encoding="utf-8")
    lines = [line.removeprefix("#") for line in text.splitlines() if line.startswith("#")]
    found = re.search(r'duckdb -c "(copy .+?)"\n', "\n".join(lines) + "\n", re.DOTALL)
    assert found is not None
    query = found[1].replace('\\"', '"').replace(published.name, str(published))
    with duckdb.connect() as connection:
        connection.execute(query.replace("my_events/", f"{folder}/my_events/"))
    variables: dict[str, Any] = yaml.safe_load(text)
    return variables | {"raw_path": str(folder / "my_events")}
