"""The experiments of a database: readout, split and effect by week, as their models say them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import duckdb

from scripts.manifest import Manifest
from scripts.site.units import DASH, SHARE, Format, day_text

READOUT, SPLIT, BY_WEEK = "experiment_readout", "experiment_split", "experiment_effect_by_week"
# In the order in which a decision looks at them, with what each is for.
ROLES = {
    "primary": "decides",
    "guardrail": "must not get worse by more than its margin",
    "secondary": "informs",
}
SHARES, COUNTS = Format(SHARE), Format("plain")

Row = dict[str, Any]


@dataclass(frozen=True)
class Experiment:
    """What the models of an experiment say; each row maps the model's columns to their values."""

    scenario: str
    readout: tuple[Row, ...]
    split: tuple[Row, ...]
    by_week: tuple[Row, ...]

    @property
    def id(self) -> str:
        """Its id, as its events have it."""
        return str(self.readout[0]["experiment_id"]) if self.readout else self.scenario

    @property
    def title(self) -> str:
        """Its id in words."""
        return self.id.replace("_", " ").capitalize()

    @property
    def first(self) -> Row:
        """A row of the readout, for what all of them say alike."""
        return self.readout[0]

    @property
    def decisions(self) -> list[tuple[str | None, str]]:
        """What to do, a sentence for each treatment, which is named where there are several."""
        of_each = {
            str(row["variant"]): str(row["decision"]) for row in self.readout if row["decision"]
        }
        if len(self.treatments) == 1:
            return [(None, decision) for decision in dict.fromkeys(of_each.values())]
        return [(variant, of_each[variant]) for variant in self.treatments if variant in of_each]

    @property
    def compared(self) -> list[Row]:
        """The rows of treatments, by role: those that are compared with the control."""
        treatments = [row for row in self.readout if row["variant"] != self.control]
        return sorted(treatments, key=lambda row: list(ROLES).index(row["role"]))

    @property
    def control(self) -> str | None:
        """The variant whose rows have no comparison at all; None where nothing is compared."""
        variants = {row["variant"] for row in self.readout}
        told = {row["variant"] for row in self.readout if row["metric_verdict"] is not None}
        rest = variants - told
        return next(iter(rest)) if len(rest) == 1 else "control" if "control" in rest else None

    @property
    def treatments(self) -> list[str]:
        """The variants that are compared with the control, in the order of the readout."""
        return list(dict.fromkeys(str(row["variant"]) for row in self.compared))

    @property
    def deciding(self) -> list[str]:
        """The labels of the primary metrics."""
        primary = [str(row["label"]) for row in self.compared if row["role"] == "primary"]
        return list(dict.fromkeys(primary))

    def control_of(self, row: Row) -> Row | None:
        """The control's row of the same metric."""
        for other in self.readout:
            if other["metric"] == row["metric"] and other["variant"] == self.control:
                return other
        return None

    def effects(self, metric: str) -> list[Row]:
        """The effect on a metric by week since the exposure."""
        found = [row for row in self.by_week if row["metric"] == metric]
        return sorted(found, key=lambda row: int(row["week_since_exposure"]))

    def data(self) -> dict[str, Any]:
        """What its page draws, as JSON."""
        return {
            "lifts": [
                {
                    "metric": row["metric"],
                    "label": row["label"],
                    "role": row["role"],
                    "variant": row["variant"],
                    "better": row["good_direction"],
                    "margin": row["margin"],
                    "detectable": row["detectable_lift"],
                    "lift": row["lift"],
                    "low": row["lift_low"],
                    "high": row["lift_high"],
                    "verdict": row["metric_verdict"],
                }
                for row in self.compared
            ],
            "weeks": [
                {
                    "metric": row["metric"],
                    "week": row["week_since_exposure"],
                    "lift": row["lift"],
                    "low": row["lift_low"],
                    "high": row["lift_high"],
                }
                for row in self.by_week
            ],
        }


def read_experiments(connection: duckdb.DuckDBPyConnection, manifest: Manifest) -> list[Experiment]:
    """Every experiment that has a readout, by scenario."""
    scenarios = [
        model["name"].removesuffix(f"__{READOUT}")
        for model in manifest.models()
        if model["name"].endswith(f"__{READOUT}")
    ]
    return [
        Experiment(
            scenario,
            _rows(connection, manifest, f"{scenario}__{READOUT}"),
            _rows(connection, manifest, f"{scenario}__{SPLIT}"),
            _rows(connection, manifest, f"{scenario}__{BY_WEEK}"),
        )
        for scenario in scenarios
    ]


def share(value: float | None) -> str:
    """A lift or a share as text, with a sign where it is less than nothing."""
    return SHARES.text(value)


def count(value: float | None) -> str:
    """A number of no known unit as text."""
    return COUNTS.text(value)


def probability(value: float | None) -> str:
    """A p-value as text, of three digits, or as what it is below."""
    if value is None:
        return DASH
    return "< 0.001" if value < 0.001 else f"{value:.3f}"


def day(value: date | None) -> str:
    """A day in words."""
    return DASH if value is None else day_text(value)


def _rows(connection: duckdb.DuckDBPyConnection, manifest: Manifest, model: str) -> tuple[Row, ...]:
    """The rows of a model; none where there is no such model."""
    try:
        relation = manifest.model(model)["relation_name"]
    except KeyError:
        return ()
    result = connection.execute(f"select * from {relation}")
    names = [column[0] for column in result.description or ()]
    return tuple(dict(zip(names, row, strict=True)) for row in result.fetchall())
