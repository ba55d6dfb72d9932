"""What dbt-duckdb loads before it opens the database of a build, as profiles.yml tells it to."""

from __future__ import annotations

from typing import Any

from dbt.adapters.duckdb.plugins import BasePlugin
from dbt_common.exceptions import DbtRuntimeError

from scripts.database import UnusableDatabaseError, check_database


class Plugin(BasePlugin):
    """Tells in a line what would otherwise be a trace of Python out of a thread of dbt."""

    def initialize(self, plugin_config: dict[str, Any]) -> None:
        """Check the database of the credentials.

        Raises:
            DbtRuntimeError: it cannot be opened.
        """
        assert self.creds is not None
        try:
            check_database(self.creds.path, plugin_config["memory_limit"])
        except UnusableDatabaseError as error:
            raise DbtRuntimeError(str(error)) from None
