"""A process with dbt loaded and the project parsed, for tests that run dbt dozens of times.

`python -m tests.python.warm_dbt` reads one request per line, as JSON, and answers each with a line.
Every run is a child of its own, so that it may be killed, and starts with nothing but the manifest.
"""

from __future__ import annotations

import gc
import json
import os
import resource
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scripts.manifest import PROJECT
from tests.python.builds import Build


@dataclass(frozen=True)
class TimedBuild(Build):
    """A run of dbt, and how long it took."""

    seconds: float


class WarmDbt:
    """Runs dbt, one run at a time; end it with `close`."""

    def __init__(self) -> None:
        """Start the process."""
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.python.warm_dbt"],
            cwd=PROJECT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )

    def run(
        self,
        folder: Path,
        *arguments: str,
        variables: dict[str, Any] | None = None,
        project: Path = PROJECT,
        kill_after: float | None = None,
        largest_file: int | None = None,
    ) -> TimedBuild:
        """As run_dbt; may be killed after some seconds, or not be allowed to write large files."""
        request = {
            "folder": str(folder),
            "arguments": arguments,
            "variables": json.dumps(variables or {}),
            "project": str(project),
            "kill_after": kill_after,
            "largest_file": largest_file,
        }
        assert self._process.stdin and self._process.stdout
        self._process.stdin.write(json.dumps(request) + "\n")
        self._process.stdin.flush()
        exit_code, seconds = json.loads(self._process.stdout.readline())
        output = (folder / "output.txt").read_text(encoding="utf-8")
        places = (folder / "gsmt.duckdb", folder / "target")
        return TimedBuild(*places, exit_code, output, seconds)

    def close(self) -> None:
        """End the process."""
        assert self._process.stdin and self._process.stdout
        self._process.stdin.close()
        self._process.wait()
        self._process.stdout.close()


def _run(manifest: Any, arguments: list[str]) -> int:
    """Run dbt in a child, which has to end at once: it has threads of its parent's in name only."""
    from dbt.adapters.duckdb.connections import DuckDBConnectionManager
    from dbt.cli.main import dbtRunner

    result = dbtRunner(manifest).invoke(arguments)
    if result.exception:
        print(result.exception)
    sys.stdout.flush()
    success = result.success
    # As the end of a process does, this puts DuckDB's log of writes into the database.
    DuckDBConnectionManager.close_all_connections()  # type: ignore[no-untyped-call]
    del result
    gc.collect()
    return 0 if success else 1


def _wait(child: int, started: float, kill_after: float | None) -> int:
    """Exit status of a child, killed when its time is over."""
    while True:
        found, status = os.waitpid(child, os.WNOHANG)
        if found:
            return os.waitstatus_to_exitcode(status)
        if kill_after is not None and time.monotonic() - started > kill_after:
            os.killpg(child, signal.SIGKILL)
            kill_after = None
        time.sleep(0.005)


def main() -> None:
    """Answer requests until there are no more."""
    from dbt.cli.main import dbtRunner

    # What dbt prints is not an answer.
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    manifests: dict[tuple[str, str], Any] = {}
    for line in sys.stdin:
        request = json.loads(line)
        folder, variables = Path(request["folder"]), request["variables"]
        folder.mkdir(parents=True, exist_ok=True)
        os.environ["GSMT_DATABASE"] = str(folder / "gsmt.duckdb")
        places = ["--project-dir", request["project"], "--profiles-dir", request["project"]]
        places += ["--target-path", str(folder / "target"), "--log-path", str(folder / "logs")]
        places += ["--vars", variables, "--log-level-file", "none", "--no-use-colors"]
        key = (request["project"], variables)
        if key not in manifests:
            parsed = dbtRunner().invoke(["--quiet", "parse", *places])
            if parsed.exception:
                raise parsed.exception
            manifests[key] = parsed.result
        started = time.monotonic()
        child = os.fork()
        if child == 0:
            os.setsid()
            with (folder / "output.txt").open("w", encoding="utf-8") as output:
                os.dup2(output.fileno(), 1)
                os.dup2(output.fileno(), 2)
            if request["largest_file"]:
                resource.setrlimit(resource.RLIMIT_FSIZE, (request["largest_file"],) * 2)
            os._exit(_run(manifests[key], [*request["arguments"], *places]))
        exit_code = _wait(child, started, request["kill_after"])
        answers.write(json.dumps([exit_code, time.monotonic() - started]) + "\n")
        answers.flush()


if __name__ == "__main__":
    main()
