"""Semantic models and metrics for MetricFlow out of what marts ask for, and what cannot be one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from scripts.semantic_layer.calls import Call, Mart
from scripts.semantic_layer.expressions import (
    Formula,
    InexpressibleError,
    Measure,
    formula_of,
    of_one_row,
)

GRAINS = ("day", "week", "month")
OWN_SQL = "The mart computes it by SQL of its own, and not by a macro that says what it counts."
LONGER_PERCENTILES = (
    "A percentile of users: MetricFlow takes it of rows, and a user has one row for each day."
)
MEANS_OF_MEANS = (
    "A mean of each user's own mean over days: MetricFlow takes one of rows, which are days."
)
SURVIVAL = "An estimate for what has not ended (Kaplan and Meier) is no aggregate of rows."
OTHER_SUM = "In this slice the mart takes another sum, or a row would count in many members."


@dataclass
class SemanticModel:
    """Rows with a day, the slices that they may be grouped by, and measures of them by name.

    `rows` is the expression of the mart that they are, and `dates` the calendar without whose days
    the mart counts none of them.
    """

    name: str
    view: str
    rows: str
    day: str
    dates: str
    slices: tuple[str, ...]
    measures: dict[Measure, str] = field(default_factory=dict)
    inputs: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class SemanticMetric:
    """A metric of MetricFlow, and where the mart publishes it: statistic, grains and slices."""

    name: str
    statistic: str
    grains: tuple[str, ...]
    slices: tuple[str, ...]
    kind: str
    parameters: dict[str, Any]


@dataclass(frozen=True)
class LeftOut:
    """What of a metric is not in the semantic layer, and why."""

    metric: str
    statistic: str
    where: str
    reason: str


@dataclass
class MartLayer:
    """What becomes of one mart."""

    mart: Mart
    models: dict[tuple[str, str, tuple[str, ...]], SemanticModel] = field(default_factory=dict)
    metrics: list[SemanticMetric] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)


def layer_of(mart: Mart) -> MartLayer:
    """The semantic models and metrics of a mart."""
    return _Builder(mart).layer


class _Builder:
    def __init__(self, mart: Mart) -> None:
        self.layer = MartLayer(mart)
        self._metric = mart.metric
        counted = Counter(
            statistic
            for call in mart.calls
            if call.macro == "metric_by_period"
            for statistic in call.asked["statistics"]
        )
        self._repeated = {name for name, calls in counted.items() if calls > 1}
        self._rows = list(dict.fromkeys(c.asked["rows"] for c in mart.calls if "rows" in c.asked))
        # A window reaches back to days before the calendar.
        self._windowed = {c.asked["rows"] for c in mart.calls if "windows" in c.asked}
        self._rolling: dict[str, dict[str, str]] = {}
        self._published: set[str] = set()
        for call in mart.calls:
            getattr(self, f"_{call.macro}")(call)
        for statistic in self._metric.statistics:
            if statistic not in self._published:
                self._leave_out(statistic, "", OWN_SQL)
            for name, reason in mart.apart.items():
                self._leave_out(statistic, f"by {name}", reason)

    # The macros, by their names.

    def _metric_by_period(self, call: Call) -> None:
        if call.asked.get("cohort_days") is not None:
            grains: tuple[str, ...] = ("cohort",)
        else:
            grains = tuple(call.asked.get("grains") or GRAINS)
        for statistic, parts in call.asked["statistics"].items():
            if statistic not in self._metric.statistics:
                continue
            try:
                numerator, of_numerator = formula_of(parts["numerator"])
                denominator, of_denominator = formula_of(parts["denominator"])
            except InexpressibleError as error:
                self._leave_out(statistic, "", str(error))
                continue
            dropped = of_numerator | of_denominator
            for name in sorted(dropped):
                self._leave_out(statistic, f"by {name}", OTHER_SUM)
            model = self._model(call, dropped)
            suffix = f"_{grains[0]}" if statistic in self._repeated else ""
            self._ratio(model, statistic, grains, numerator, denominator, suffix)

    def _user_distribution(self, call: Call) -> None:
        grains = tuple(call.asked.get("grains") or GRAINS)
        model = self._model(call)
        user, amount = call.asked["user"], call.asked["amount"]
        if "value" not in self._published:
            numerator, _ = formula_of(amount)
            whole = numerator.only
            if whole and whole.aggregation == "count_distinct":
                # Each user's own count: what differs for one user may be the same for two.
                pair = Measure("count_distinct", f"({user}, {whole.expression})")
                numerator = Formula("{0}", [pair])
            denominator = Formula("{0}", [Measure("count_distinct", user)])
            if numerator.adds_up:
                self._ratio(model, "value", grains, numerator, denominator)
            else:
                self._leave_out("value", f"by {' and '.join(grains[1:])}", MEANS_OF_MEANS)
                mean = Measure("average", of_one_row(amount))
                self._single(model, "value", grains[:1], mean)
        for statistic, level in call.asked["percentiles"].items():
            longer = [grain for grain in grains if grain != "day"]
            if longer:
                self._leave_out(statistic, f"by {' and '.join(longer)}", LONGER_PERCENTILES)
            if "day" not in grains:
                continue
            try:
                measure = Measure("percentile", of_one_row(amount), level)
            except InexpressibleError as error:
                self._leave_out(statistic, "", str(error))
                continue
            self._single(model, statistic, ("day",), measure)

    def _durations_by_period(self, call: Call) -> None:
        grains = tuple(call.asked.get("grains") or GRAINS)
        model = self._model(call)
        duration, is_done = call.asked["duration"], call.asked["is_done"]
        for statistic, facts in call.asked["statistics"].items():
            if facts["of"] == "survival":
                self._leave_out(statistic, "", SURVIVAL)
            elif facts["of"] == "done":
                done = f"CASE WHEN {is_done} THEN {duration} END"
                measure = Measure("percentile", done, facts["level"])
                self._single(model, statistic, grains, measure)
            else:
                # What failed took infinitely long, and that is no number.
                value = f"CASE WHEN {is_done} THEN {duration} ELSE CAST('infinity' AS DOUBLE) END"
                taken = f"CASE WHEN {duration} IS NOT NULL THEN {value} END"
                measure = Measure("percentile", taken, facts["level"])
                part = self._input(model, measure, f"{self._name(statistic)}_with_infinity")
                text = f"NULLIF({part}, CAST('infinity' AS DOUBLE))"
                self._derived(model, statistic, grains, text, [part])

    def _rolling_active_users(self, call: Call) -> None:
        model = self._model(call)
        users = Measure("count_distinct", call.asked["user"])
        for statistic, days in call.asked["windows"].items():
            name = self._name(statistic)
            measure = self._measure(model, users, f"{self._name('value')}_{call.asked['rows']}")
            window = {"window": f"{days} days"}
            parameters = {"measure": {"name": measure}, "cumulative_type_params": window}
            self._add(model, name, statistic, ("day",), "cumulative", parameters)
            self._rolling.setdefault(call.name, {})[statistic] = name

    def _rolling_users_over_month(self, call: Call) -> None:
        users, window, statistic = call.arguments
        windows = self._rolling[users]
        slices = next(iter(self.layer.models.values())).slices
        parameters = {"numerator": windows[window], "denominator": windows["mau"]}
        name = self._name(statistic)
        self.layer.metrics.append(
            SemanticMetric(name, statistic, ("day",), slices, "ratio", parameters)
        )
        self._published.add(statistic)

    # What they have in common.

    def _name(self, statistic: str, suffix: str = "") -> str:
        return self._metric.name + ("" if statistic == "value" else f"_{statistic}") + suffix

    def _model(self, call: Call, dropped: Iterable[str] = ()) -> SemanticModel:
        rows, day = call.asked["rows"], call.asked["day"]
        without = {*dropped, *self.layer.mart.apart}
        slices = tuple(name for name in self._metric.slices if name not in without)
        key = (rows, day, slices)
        if key not in self.layer.models:
            name = f"rows_of_{self._metric.name}"
            if len(self._rows) > 1:
                name += f"_{rows}"
            view = f"{self._metric.scenario}__{name}"
            other = sum(model.rows == rows for model in self.layer.models.values())
            if other:
                name += f"_{other + 1}"
            dates = "" if rows in self._windowed else call.asked["dates"]
            self.layer.models[key] = SemanticModel(name, view, rows, day, dates, slices)
        return self.layer.models[key]

    def _ratio(
        self,
        model: SemanticModel,
        statistic: str,
        grains: tuple[str, ...],
        numerator: Formula,
        denominator: Formula,
        suffix: str = "",
    ) -> None:
        name = self._name(statistic, suffix)
        if denominator.text == "1" and numerator.only:
            self._single(model, statistic, grains, numerator.only, suffix)
            return
        over = [
            self._inputs(model, formula, f"{name}_{part}")
            for formula, part in ((numerator, "numerator"), (denominator, "denominator"))
        ]
        if numerator.only and denominator.only:
            parameters = {"numerator": over[0][0], "denominator": over[1][0]}
            self._add(model, name, statistic, grains, "ratio", parameters)
            return
        texts = [
            formula.text.format(*names)
            for formula, names in zip((numerator, denominator), over, strict=True)
        ]
        text = f"({texts[0]}) / NULLIF({texts[1]}, 0)"
        self._derived(model, statistic, grains, text, [*over[0], *over[1]], suffix)

    def _single(
        self,
        model: SemanticModel,
        statistic: str,
        grains: tuple[str, ...],
        measure: Measure,
        suffix: str = "",
    ) -> None:
        name = self._name(statistic, suffix)
        found = self._measure(model, measure, f"{name}_measure")
        parameters = {"measure": {"name": found}}
        self._add(model, name, statistic, grains, "simple", parameters)

    def _derived(
        self,
        model: SemanticModel,
        statistic: str,
        grains: tuple[str, ...],
        text: str,
        inputs: list[str],
        suffix: str = "",
    ) -> None:
        metrics = [{"name": name} for name in dict.fromkeys(inputs)]
        parameters = {"expr": text, "metrics": metrics}
        name = self._name(statistic, suffix)
        self._add(model, name, statistic, grains, "derived", parameters)

    def _inputs(self, model: SemanticModel, formula: Formula, name: str) -> list[str]:
        several = len(formula.measures) > 1
        return [
            self._input(model, measure, f"{name}_{position}" if several else name)
            for position, measure in enumerate(formula.measures, start=1)
        ]

    def _input(self, model: SemanticModel, measure: Measure, name: str) -> str:
        found = self._measure(model, measure, name)
        model.inputs.add(found)
        return found

    def _measure(self, model: SemanticModel, measure: Measure, name: str) -> str:
        return model.measures.setdefault(measure, name)

    def _add(
        self,
        model: SemanticModel,
        name: str,
        statistic: str,
        grains: tuple[str, ...],
        kind: str,
        parameters: dict[str, Any],
    ) -> None:
        self.layer.metrics.append(
            SemanticMetric(name, statistic, grains, model.slices, kind, parameters)
        )
        self._published.add(statistic)

    def _leave_out(self, statistic: str, where: str, reason: str) -> None:
        self.layer.left_out.append(LeftOut(self._metric.name, statistic, where, reason))
        self._published.add(statistic)


def metrics_of(layers: Iterable[MartLayer]) -> Iterator[tuple[Mart, SemanticMetric]]:
    """Every metric with its mart."""
    for layer in layers:
        for metric in layer.metrics:
            yield layer.mart, metric
