"""What was measured on: without it a figure in seconds says nothing."""

from __future__ import annotations

import os
import platform
import re
import shutil
import time
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryFile

_WRITTEN_MIB = 256


def describe_machine(folder: Path) -> dict[str, str]:
    """The machine and its software, in the order to print; `folder` is on the disk to describe."""
    load = " ".join(f"{average:.2f}" for average in os.getloadavg())
    return {
        "CPU": _cpu(),
        "cores": str(os.cpu_count()),
        "memory": f"{_memory_bytes() / 2**30:.0f} GiB",
        "disk": _disk(folder),
        "system": _system(),
        "Python": platform.python_version(),
        "DuckDB": version("duckdb"),
        "dbt": f"{version('dbt-core')}, dbt-duckdb {version('dbt-duckdb')}",
        "load at start": load,
    }


def merge_machines(machines: Iterable[dict[str, str]]) -> dict[str, str]:
    """The facts of several measurements: each once, or all of its values where they differ."""
    facts: dict[str, list[str]] = {}
    for machine in machines:
        for name, value in machine.items():
            values = facts.setdefault(name, [])
            values.extend([value] if value not in values else [])
    # Free space and speed of the disk are never alike; the first will do.
    return {
        name: values[0] if name == "disk" else ", then ".join(values)
        for name, values in facts.items()
    }


def _cpu() -> str:
    info = _read("/proc/cpuinfo")
    found = re.search(r"^model name\s*:\s*(.+)$", info, re.MULTILINE)
    return found[1].strip() if found else platform.processor() or platform.machine()


def _memory_bytes() -> int:
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")


def _disk(folder: Path) -> str:
    """Its size, and how fast it takes a file: what a virtual disk says of its kind is a guess."""
    usage = shutil.disk_usage(folder)
    block = os.urandom(2**20)
    with TemporaryFile(dir=folder) as file:
        began = time.perf_counter()
        for _ in range(_WRITTEN_MIB):
            file.write(block)
        file.flush()
        os.fsync(file.fileno())
        speed = _WRITTEN_MIB / (time.perf_counter() - began)
    return (
        f"{usage.total / 2**30:.0f} GiB, {usage.free / 2**30:.0f} GiB of them free,"
        f" writes {speed:.0f} MiB/s"
    )


def _system() -> str:
    found = re.search(r'^PRETTY_NAME="?([^"\n]+)', _read("/etc/os-release"), re.MULTILINE)
    return f"{found[1] if found else platform.system()}, {platform.system()} {platform.release()}"


def _read(path: str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8")
    except OSError:
        return ""
