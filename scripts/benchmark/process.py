"""Runs a program and says how long it took and how much memory it had at most."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path


class RunFailedError(Exception):
    """A program that was to be measured failed; the message says where its output is."""


@dataclass(frozen=True)
class Measured:
    """One run of a program and all of its processes.

    Attributes:
        seconds: of wall clock.
        cpu_seconds: of all cores, which other programs on the machine disturb less.
        peak_bytes: of the largest of its processes at its peak.
        exit_code: its exit status.
    """

    seconds: float
    cpu_seconds: float
    peak_bytes: int
    exit_code: int


def measure(
    command: Sequence[str],
    log: Path,
    environment: Mapping[str, str] | None = None,
    folder: Path | None = None,
    accepted: Sequence[int] = (0,),
) -> Measured:
    """Run a program with its output in `log`.

    The peak is what the system kept for the process and those that it waited for, of each the
    largest resident size.

    Raises:
        RunFailedError: its exit status is not an accepted one.
    """
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("wb") as output:
        started = time.perf_counter()
        process = subprocess.Popen(
            command,
            cwd=folder,
            env={**os.environ, **(environment or {})},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        try:
            _, status, usage = os.wait4(process.pid, 0)
        except BaseException:
            process.kill()
            process.wait()
            raise
        seconds = time.perf_counter() - started
    # Popen did not wait itself, and would complain.
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in accepted:
        raise RunFailedError(
            f"{' '.join(command[:6])} ... ended with {process.returncode}; its output is in {log}"
        )
    # Bytes on macOS, kibibytes elsewhere.
    unit = 1 if sys.platform == "darwin" else 1024
    return Measured(
        seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * unit, process.returncode
    )
