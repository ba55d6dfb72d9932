"""Whether this machine can run Spark in a process of its own."""

from __future__ import annotations

import importlib.metadata
import os
import re
import shutil
import subprocess
from pathlib import Path

OLDEST_JAVA = 17


def missing() -> str | None:
    """What a local Spark lacks here, as a sentence that says what to do; None if it can run."""
    java = _java()
    if java is None:
        return (
            f"Spark runs on Java {OLDEST_JAVA} or later, and there is none here: install one"
            f" (such as openjdk-{OLDEST_JAVA}-jre-headless), or set JAVA_HOME to where it is."
        )
    version = _version(java)
    if version is None or version < OLDEST_JAVA:
        found = "of no version that it tells" if version is None else f"Java {version}"
        return f"Spark runs on Java {OLDEST_JAVA} or later, and {java} is {found}."
    try:
        for package in ("dbt-spark", "pyspark"):
            importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError as error:
        return f"{error.name} is not installed; `make spark` installs it."
    return None


def _java() -> str | None:
    """The java that Spark starts: that of JAVA_HOME, or else the first on the path."""
    if home := os.environ.get("JAVA_HOME"):
        return shutil.which(str(Path(home) / "bin" / "java"))
    return shutil.which("java")


def _version(java: str) -> int | None:
    try:
        said = subprocess.run([java, "-version"], capture_output=True, text=True, check=False)
    except OSError:
        return None
    # 'openjdk version "17.0.15"', and '"1.8.0_402"' before Java 9.
    found = re.search(r'version "(?:1\.)?(\d+)', said.stderr + said.stdout)
    return int(found[1]) if found else None
