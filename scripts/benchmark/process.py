"""Runs a program and says how long it took and how much memory it had at most."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

# A program begins with the memory of the one that starts it as its peak, so a small one starts it.
_LAUNCHER = """
import json, os, subprocess, sys, time
started = time.perf_counter()
process = subprocess.Popen(sys.argv[2:])
_, status, usage = os.wait4(process.pid, 0)
told = [time.perf_counter() - started, status, usage.ru_utime + usage.ru_stime, usage.ru_maxrss]
os.write(int(sys.argv[1]), json.dumps(told).encode())
"""


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
    answer, said = os.pipe()
    with log.open("wb") as output, os.fdopen(answer) as answers:
        launcher = subprocess.Popen(
            [sys.executable, "-S", "-c", _LAUNCHER, str(said), *command],
            cwd=folder,
            env={**os.environ, **(environment or {})},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            pass_fds=[said],
            start_new_session=True,
        )
        os.close(said)
        try:
            told = answers.read()
            launcher.wait()
        except BaseException:
            os.killpg(launcher.pid, signal.SIGKILL)
            launcher.wait()
            raise
    if not told:
        raise RunFailedError(f"{command[0]} did not start; its output is in {log}")
    seconds, status, cpu_seconds, peak = json.loads(told)
    exit_code = os.waitstatus_to_exitcode(status)
    if exit_code not in accepted:
        raise RunFailedError(
            f"{' '.join(command[:6])} ... ended with {exit_code}; its output is in {log}"
        )
    # Bytes on macOS, kibibytes elsewhere.
    unit = 1 if sys.platform == "darwin" else 1024
    return Measured(seconds, cpu_seconds, peak * unit, exit_code)
