"""Aggregates of SQL taken apart: each becomes a measure, and the rest a formula over these."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import sqlglot
from sqlglot import exp

DIALECT = "duckdb"
_SIMPLE = {exp.Sum: "sum", exp.Min: "min", exp.Max: "max", exp.Avg: "average"}


class InexpressibleError(ValueError):
    """MetricFlow has nothing like it; the message is the reason, as the list of these has it."""


@dataclass(frozen=True)
class Measure:
    """An aggregate over the rows of a semantic model; `percentile` where it is one."""

    aggregation: str
    expression: str
    percentile: float | None = None


@dataclass
class Formula:
    """An expression over measures, in which `{0}` stands for the first of them."""

    text: str
    measures: list[Measure] = field(default_factory=list)

    @property
    def adds_up(self) -> bool:
        """Whether it is one measure in another unit, so that it of all rows is the sum of parts."""
        number = r"[\d.]+(?:[eE][+-]?\d+)?"
        return bool(re.fullmatch(rf"(?:{number} \* )?\{{0\}}(?: [*/] {number})*", self.text))

    @property
    def only(self) -> Measure | None:
        """The measure, where the formula is nothing else."""
        return self.measures[0] if self.text == "{0}" else None


def formula_of(sql: str) -> tuple[Formula, set[str]]:
    """An expression with aggregates, and the slices in which it is another one.

    Raises:
        InexpressibleError: it has an aggregate that a measure cannot be.
    """
    tree = sqlglot.parse_one(sql, dialect=DIALECT)
    tree, slices = _without_grouping(tree)
    formula = Formula("")
    place = exp.Placeholder
    for node in list(tree.find_all(exp.Filter, exp.AggFunc)):
        if node.find_ancestor(exp.Filter, exp.AggFunc):
            continue
        measure = _measure(node)
        if measure not in formula.measures:
            formula.measures.append(measure)
        mark = place(this=f"measure_{formula.measures.index(measure)}")
        tree = mark if node is tree else _replaced(tree, node, mark)
    text = tree.sql(dialect=DIALECT)
    for position in range(len(formula.measures)):
        text = text.replace(f"$measure_{position}", f"{{{position}}}")
    formula.text = text
    return formula, slices


def _replaced(tree: exp.Expr, node: exp.Expr, mark: exp.Expr) -> exp.Expr:
    node.replace(mark)
    return tree


def _without_grouping(tree: exp.Expr) -> tuple[exp.Expr, set[str]]:
    """The expression of every slice but those that it tells apart by `grouping`."""
    slices: set[str] = set()
    for case in list(tree.find_all(exp.Case)):
        conditions = [branch.this.sql(dialect=DIALECT) for branch in case.args["ifs"]]
        if not any("GROUPING(" in condition.upper() for condition in conditions):
            continue
        for branch in case.args["ifs"]:
            slices |= {column.name for column in branch.this.find_all(exp.Column)}
        otherwise = case.args["default"]
        tree = otherwise if case is tree else _replaced(tree, case, otherwise)
    return tree, slices


def _measure(node: exp.Expr) -> Measure:
    condition = None
    if isinstance(node, exp.Filter):
        condition = node.expression.this
        node = node.this
    inner = node.this
    if isinstance(node, exp.Count):
        if isinstance(inner, exp.Distinct):
            values = inner.expressions
            value = values[0] if len(values) == 1 else exp.Tuple(expressions=values)
            return Measure("count_distinct", _where(condition, value).sql(dialect=DIALECT))
        is_star = inner is None or isinstance(inner, exp.Star)
        if is_star and condition is None:
            return Measure("sum", "1")
        counted = exp.Literal.number(1) if is_star else inner
        value = _where(condition, counted).sql(dialect=DIALECT)
        return Measure("sum", f"CASE WHEN {value} IS NOT NULL THEN 1 ELSE 0 END")
    for kind, name in _SIMPLE.items():
        if isinstance(node, kind):
            value = _where(condition, inner).sql(dialect=DIALECT)
            # A mart publishes zero where there is nothing to add up.
            return Measure(name, f"COALESCE({value}, 0)" if name == "sum" else value)
    raise InexpressibleError(f"no measure is a {node.key}")


def _where(condition: exp.Expr | None, value: exp.Expr) -> exp.Expr:
    if condition is None:
        return value
    return exp.Case(ifs=[exp.If(this=condition, true=value)])


def of_one_row(sql: str) -> str:
    """What an aggregate comes to over a single row.

    Raises:
        InexpressibleError: it counts what differs.
    """
    tree = sqlglot.parse_one(sql, dialect=DIALECT)
    for node in list(tree.find_all(exp.AggFunc)):
        if isinstance(node, exp.Count):
            if isinstance(node.this, exp.Distinct):
                raise InexpressibleError("a user's amount is counted over several rows")
            value: exp.Expr = exp.Literal.number(1)
        else:
            value = node.this
        tree = value if node is tree else _replaced(tree, node, value)
    return tree.sql(dialect=DIALECT)
