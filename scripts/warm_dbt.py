"""A process with dbt loaded and the project parsed, for who runs dbt dozens of times.

To load dbt and to parse the project takes ten seconds of processor time, to fork a process that has
done so nothing. `python -m scripts.warm_dbt <folder>` reads one request per line, as JSON, and
answers each with a line. Every run is a child of its own, so that it may be killed, and starts with
nothing but the manifest.
"""

from __future__ import annotations

import atexit
import contextlib
import gc
import json
import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp
from typing import Any
from unittest.mock import patch

from filelock import FileLock

from scripts.manifest import PROJECT

# Parsing sees this for the var raw_path, whatever its value, so that one parse serves all places.
ANYWHERE = "/the/place/of/all/events"
PARSED = "parsed.json"
# Vars by which SQL chooses the model that it reads.
CHOOSES_A_MODEL = ("calendar_events",)
# Exit status of a run whose project does not parse; dbt's own for what it cannot begin.
NOT_PARSED = 2


@dataclass(frozen=True)
class Run:
    """A run of dbt: its exit status, what it printed, and how long it took after parsing."""

    exit_code: int
    output: str
    seconds: float


class WarmDbt:
    """Runs dbt, one run at a time; end it with `close`.

    Such processes share what they have parsed in the folder that the environment variable
    GSMT_PARSED names; the project must not change meanwhile.
    """

    def __init__(self) -> None:
        """Start the process."""
        shared = os.environ.get("GSMT_PARSED")
        self._own = None if shared else TemporaryDirectory()
        folder = shared or (self._own.name if self._own else "")
        self._process = subprocess.Popen(
            [sys.executable, "-m", "scripts.warm_dbt", folder],
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
        variables: Mapping[str, Any] | None = None,
        project: Path = PROJECT,
        kill_after: float | None = None,
        largest_file: int | None = None,
    ) -> Run:
        """Run dbt with database `gsmt.duckdb`, `target` and logs in a folder.

        It may be killed after some seconds, or not be allowed to write larger files than of so many
        bytes.
        """
        request = {
            "folder": str(folder),
            "arguments": arguments,
            "variables": dict(variables or {}),
            "project": str(project),
            "kill_after": kill_after,
            "largest_file": largest_file,
        }
        assert self._process.stdin and self._process.stdout
        self._process.stdin.write(json.dumps(request) + "\n")
        self._process.stdin.flush()
        exit_code, seconds = json.loads(self._process.stdout.readline())
        return Run(exit_code, (folder / "output.txt").read_text(encoding="utf-8"), seconds)

    def close(self) -> None:
        """End the process."""
        assert self._process.stdin and self._process.stdout
        self._process.stdin.close()
        self._process.wait()
        self._process.stdout.close()
        if self._own:
            self._own.cleanup()


@cache
def one_for_all() -> WarmDbt:
    """The one that all of this process uses; it ends with it."""
    process = WarmDbt()
    atexit.register(process.close)
    return process


class NotParsedError(Exception):
    """The project does not parse; the message is dbt's."""


@dataclass(frozen=True)
class Parsed:
    """A manifest, and the vars that decide what it holds."""

    project: str
    variables: dict[str, Any]
    deciding: list[str]
    manifest: Any = None

    def serves(self, project: str, variables: Mapping[str, Any]) -> bool:
        """Whether parsing a project with these vars would give the same."""
        missing = object()
        return project == self.project and all(
            self.variables.get(name, missing) == variables.get(name, missing)
            for name in self.deciding
        )


class Parser:
    """Parses a project once for all vars that make no difference to what is parsed."""

    def __init__(self, folder: Path) -> None:
        """Keep what is parsed in a folder, which other processes may use at the same time."""
        self._folder = folder
        self._parsed: list[Parsed] = []

    def manifest(self, project: str, variables: Mapping[str, Any]) -> Any:
        """The manifest of a project with these vars.

        Raises:
            NotParsedError: dbt does not parse it.
        """
        general = dict(variables)
        if isinstance(general.get("raw_path"), str) and general["raw_path"].strip():
            general["raw_path"] = ANYWHERE
        for parsed in self._parsed:
            if parsed.serves(project, general):
                return parsed.manifest
        with FileLock(self._folder / "lock"):
            found = self._read(project, general) or self._parse(project, general)
        self._parsed.append(found)
        keep_for_children(found.manifest)
        return found.manifest

    def _read(self, project: str, variables: Mapping[str, Any]) -> Parsed | None:
        """What another process has parsed, if it serves."""
        for file in self._folder.glob(f"*/{PARSED}"):
            found = Parsed(**json.loads(file.read_text(encoding="utf-8")))
            if found.serves(project, variables):
                return replace(found, manifest=_manifest(file.parent, project, found.variables))
        return None

    def _parse(self, project: str, variables: dict[str, Any]) -> Parsed:
        folder = Path(mkdtemp(dir=self._folder))
        with _deciding_vars() as names:
            manifest = _manifest(folder, project, variables)
        if ANYWHERE.encode() in manifest.to_msgpack():
            raise NotParsedError("a node depends on where events lie, so it has to be parsed again")
        parsed = Parsed(project, variables, sorted(names))
        (folder / PARSED).write_text(json.dumps(asdict(parsed)), encoding="utf-8")
        return replace(parsed, manifest=manifest)


def _manifest(folder: Path, project: str, variables: Mapping[str, Any]) -> Any:
    """Parse a project, or read it where it was parsed with the same vars.

    Raises:
        NotParsedError: dbt does not parse it.
    """
    from dbt.cli.main import dbtRunner

    arguments = ["--quiet", "parse", "--vars", json.dumps(variables), *places(folder, project)]
    # dbt parses all anew for another database than it parsed for.
    with patch.dict(os.environ, {"GSMT_DATABASE": "gsmt.duckdb"}):
        result = dbtRunner().invoke(arguments)
    if not result.success:
        raise NotParsedError(str(result.exception))
    return result.result


def keep_for_children(manifest: Any) -> None:
    """Do once what each child would do again: compile the macros, and look for garbage.

    A child that looks at every object of a manifest also copies all of its memory.
    """
    from dbt_common.clients.jinja import template_cache

    for macro in manifest.macros.values():
        template_cache.get_node_template(macro)
    gc.collect()
    gc.freeze()


@contextlib.contextmanager
def _deciding_vars() -> Iterator[set[str]]:
    """The names of the vars that dbt_project.yml and YAML files ask for meanwhile.

    They decide which nodes there are and how they are configured. What SQL asks for is read again
    when a run compiles it, and dbt refuses to compile SQL that reads another model than it parsed:
    the vars of that kind are named above.
    """
    from dbt.context.base import Var
    from dbt.context.configured import ConfiguredVar

    names = set(CHOOSES_A_MODEL)
    has_var = Var.has_var
    of_yaml: Callable[..., Any] = ConfiguredVar.__call__

    def noted(self: Var, var_name: str) -> bool:
        if type(self) is Var:
            names.add(var_name)
        return has_var(self, var_name)

    def noted_of_yaml(self: ConfiguredVar, var_name: str, *default: Any) -> Any:
        names.add(var_name)
        return of_yaml(self, var_name, *default)

    with (
        patch.object(Var, "has_var", noted),
        patch.object(ConfiguredVar, "__call__", noted_of_yaml),
    ):
        yield names


def places(folder: Path, project: str | Path = PROJECT) -> list[str]:
    """Arguments with which dbt reads a project and writes into a folder, but for the database."""
    found = ["--project-dir", str(project), "--profiles-dir", str(project)]
    found += ["--target-path", str(folder / "target"), "--log-path", str(folder / "logs")]
    return [*found, "--log-level-file", "none", "--no-use-colors"]


def invoke(manifest: Any, arguments: list[str]) -> Any:
    """Run dbt in this process on what was parsed; returns dbt's result."""
    from dbt.adapters.duckdb.connections import DuckDBConnectionManager
    from dbt.cli.main import dbtRunner

    try:
        return dbtRunner(manifest).invoke(arguments)
    finally:
        # As the end of a process does, this puts DuckDB's log of writes into the database.
        DuckDBConnectionManager.close_all_connections()  # type: ignore[no-untyped-call]


def print_into(file: Path) -> None:
    """Let all that this process prints from now on go into a file."""
    with file.open("w", encoding="utf-8") as output:
        os.dup2(output.fileno(), 1)
        os.dup2(output.fileno(), 2)


def _run(manifest: Any, arguments: list[str]) -> int:
    """Run dbt in a child, which has to end at once: it has threads of its parent's in name only."""
    # What it leaves is gone with it.
    gc.disable()
    result = invoke(manifest, arguments)
    if result.exception:
        print(result.exception)
    sys.stdout.flush()
    success = result.success
    del result
    gc.collect()
    return 0 if success else 1


def _wait(child: int, started: float, kill_after: float | None) -> int:
    """Exit status of a child, killed when its time is over."""
    if kill_after is None:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    while True:
        found, status = os.waitpid(child, os.WNOHANG)
        if found:
            return os.waitstatus_to_exitcode(status)
        if kill_after is not None and time.monotonic() - started > kill_after:
            os.killpg(child, signal.SIGKILL)
            kill_after = None
        time.sleep(0.005)


def _answer(parser: Parser, request: dict[str, Any]) -> tuple[int, float]:
    """Run what is asked for; exit status and seconds."""
    folder, variables = Path(request["folder"]), request["variables"]
    folder.mkdir(parents=True, exist_ok=True)
    os.environ["GSMT_DATABASE"] = str(folder / "gsmt.duckdb")
    try:
        manifest = parser.manifest(request["project"], variables)
    except NotParsedError as error:
        (folder / "output.txt").write_text(f"{error}\n", encoding="utf-8")
        return NOT_PARSED, 0
    arguments = [*request["arguments"], "--vars", json.dumps(variables)]
    arguments += places(folder, request["project"])
    started = time.monotonic()
    child = os.fork()
    if child == 0:
        os.setsid()
        print_into(folder / "output.txt")
        if request["largest_file"]:
            resource.setrlimit(resource.RLIMIT_FSIZE, (request["largest_file"],) * 2)
        os._exit(_run(manifest, arguments))
    return _wait(child, started, request["kill_after"]), time.monotonic() - started


def main(folder: Path) -> None:
    """Answer requests until there are no more."""
    # What dbt prints is not an answer.
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    folder.mkdir(parents=True, exist_ok=True)
    parser = Parser(folder)
    for line in sys.stdin:
        answers.write(json.dumps(_answer(parser, json.loads(line))) + "\n")
        answers.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
