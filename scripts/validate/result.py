"""What a validation found, and its machine-readable form."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from scripts.target_status import TargetStatus


@dataclass(frozen=True)
class Finding:
    """The outcome of one expectation.

    `group` is shape, range, completeness or target; `severity` is critical or warning. `observed`
    is what was seen: an aggregate, or how many rows broke the rule with examples. `exception` says
    why an expectation could not be judged: that is a defect, and not data that broke a rule.
    """

    group: str
    sentence: str
    severity: str
    success: bool
    observed: Any
    exception: str | None

    @property
    def is_fatal(self) -> bool:
        """Whether this finding fails the validation."""
        return self.exception is not None or (self.severity == "critical" and not self.success)


@dataclass(frozen=True)
class Suite:
    """The findings of one mart's suite, over `rows` rows."""

    name: str
    rows: int
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class Result:
    """A validation of all marts; `seconds` is how long it took."""

    project: str
    run_at: datetime
    seconds: float
    suites: tuple[Suite, ...]
    targets: tuple[TargetStatus, ...]

    @property
    def success(self) -> bool:
        """Whether nothing critical failed and nothing raised an exception."""
        return not any(finding.is_fatal for _, finding in self.failures())

    def failures(self) -> list[tuple[str, Finding]]:
        """Every expectation that was not met, with the name of its suite."""
        return [
            (suite.name, finding)
            for suite in self.suites
            for finding in suite.findings
            if not finding.success or finding.exception is not None
        ]

    def summary(self) -> dict[str, Any]:
        """The result in short, as JSON types: counts, failures, and the targets that are missed."""
        failures = self.failures()
        statuses = Counter(target.status for target in self.targets)
        missed = [target for target in self.targets if target.status == "missed"]
        return {
            "project": self.project,
            "run_at": self.run_at.astimezone(UTC).isoformat(timespec="seconds"),
            "success": self.success,
            "text": f"{self.project}: validation {'passed' if self.success else 'failed'}, "
            f"{statuses['met']} of {len(self.targets)} targets met, {statuses['missed']} missed",
            "counts": {
                "suites": len(self.suites),
                "expectations": sum(len(suite.findings) for suite in self.suites),
                "failed": len(failures),
                "fatal": sum(finding.is_fatal for _, finding in failures),
                "exceptions": sum(finding.exception is not None for _, finding in failures),
                "targets": dict(statuses),
            },
            "missed_targets": [_plain(target) for target in missed],
            "failures": [
                {"suite": name, "severity": finding.severity, "sentence": finding.sentence}
                for name, finding in failures
            ],
        }

    def write(self, path: Path) -> None:
        """Write the summary with every finding and every target to `path` as JSON."""
        content = {
            **self.summary(),
            "seconds": round(self.seconds, 1),
            "targets": [_plain(target) for target in self.targets],
            "suites": [
                {
                    "name": suite.name,
                    "success": not any(finding.is_fatal for finding in suite.findings),
                    "rows": suite.rows,
                    "expectations": [asdict(finding) for finding in suite.findings],
                }
                for suite in self.suites
            ],
        }
        path.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")


def _plain(target: TargetStatus) -> dict[str, Any]:
    days = {"window_start": target.window_start, "window_end": target.window_end}
    return {
        **asdict(target),
        **{name: day.isoformat() if day else None for name, day in days.items()},
        "built_at": target.built_at.replace(tzinfo=UTC).isoformat(timespec="seconds"),
    }
