"""The dialects SQL is exported to, what is claimed of each, and what SQLGlot gets wrong."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache

import sqlglot
from sqlglot import exp

SOURCE = "duckdb"


# There is one of each, so they need no other equality.
@dataclass(frozen=True, eq=False)
class Dialect:
    """A dialect by SQLGlot's name.

    `executed` is a claim: tests/python/test_sql_export.py runs all that it is true of.
    """

    name: str
    executed: bool
    # How a primary or foreign key is declared; None where tables have no keys.
    key_suffix: str | None = ""
    # Where SQLGlot's name of one of the project's types is not the one to use.
    types: dict[str, str] = field(default_factory=dict)
    # The seconds from {start} to {end}, in this dialect.
    elapsed_seconds: str = ""

    @property
    def claim(self) -> str:
        """What the head of each exported file says of it."""
        if not self.executed:
            return "parsed only, not executed"
        return "executed" if self.name == SOURCE else "executed where a server can be started"


DIALECTS = (
    Dialect("duckdb", executed=True),
    Dialect("postgres", executed=True),
    Dialect(
        "spark",
        executed=False,
        key_suffix=None,
        elapsed_seconds="timestampdiff(second, {start}, {end})",
    ),
    Dialect(
        "trino",
        executed=False,
        key_suffix=None,
        elapsed_seconds="date_diff('second', {start}, {end})",
    ),
    Dialect(
        "bigquery",
        executed=False,
        key_suffix=" not enforced",
        elapsed_seconds="datetime_diff({end}, {start}, second)",
    ),
    Dialect(
        "snowflake",
        executed=False,
        types={"string[]": "array"},
        elapsed_seconds="datediff(second, {start}, {end})",
    ),
)

# Functions that mean the same in every dialect once `_patch` has been over them. SQLGlot is
# silently wrong about many others: try a new one in each dialect before adding it here.
ALLOWED: tuple[type[exp.Expr], ...] = (
    exp.And,
    exp.Asin,
    exp.Avg,
    exp.Case,
    exp.Cast,
    exp.Coalesce,
    exp.Corr,
    exp.Cos,
    exp.Count,
    exp.Exp,
    exp.Extract,
    exp.Floor,
    exp.If,
    exp.Lag,
    exp.Lead,
    exp.Ln,
    exp.MD5,
    exp.Max,
    exp.Min,
    exp.Nullif,
    exp.Or,
    exp.PercentRank,
    exp.Rank,
    exp.RowNumber,
    exp.Sin,
    exp.Sqrt,
    exp.StddevPop,
    exp.Sum,
    exp.TimestampTrunc,
)


@cache
def translate(sql: str, dialect: Dialect) -> str:
    """A whiteboard query without its header in another dialect, parsed there once more.

    Raises:
        ValueError: the query uses something that not every dialect is known to share.
        sqlglot.errors.SqlglotError: SQLGlot cannot read it, write it, or read what it wrote.
    """
    tree = _checked(sql)
    if dialect.name == SOURCE:
        return sql.strip() + "\n"
    patched = tree.transform(_patch, dialect)
    text = patched.sql(dialect.name, pretty=True, unsupported_level=sqlglot.ErrorLevel.RAISE)
    check_syntax(text, dialect)
    return text + "\n"


def check_syntax(sql: str, dialect: Dialect) -> None:
    """Parse SQL of one or more statements in its dialect.

    Raises:
        ValueError: SQLGlot takes a statement for one that it does not know.
        sqlglot.errors.SqlglotError: it does not parse.
    """
    for statement in sqlglot.parse(sql, read=dialect.name):
        if statement is None or isinstance(statement, exp.Command):
            raise ValueError(f"{dialect.name} does not know: {statement}")


def type_name(data_type: str, dialect: Dialect) -> str:
    """One of the project's types (string, integer, ..., string[]) as the dialect calls it."""
    wide = data_type.replace("integer", "bigint")
    built = exp.DataType.build(wide.replace("string", "varchar"), dialect=SOURCE)
    return dialect.types.get(data_type, built.sql(dialect.name).lower())


@cache
def _checked(sql: str) -> exp.Expr:
    """A query as all dialects start from it; not to be changed."""
    tree = sqlglot.parse_one(sql, read=SOURCE)
    for node in tree.walk():
        _check(node)
    return tree


def _check(node: exp.Expr) -> None:
    if isinstance(node, exp.Func) and type(node) not in ALLOWED:
        raise ValueError(f"not known to mean the same in every dialect: {node.sql(SOURCE)}")
    if isinstance(node, exp.Literal) and not node.is_string and not node.is_int:
        # Trino would keep one decimal of 1.0 * a / b.
        raise ValueError(f"decimals round differently; cast to double instead of {node}")
    if isinstance(node, exp.Extract) and not _is_elapsed_seconds(node):
        raise ValueError(f"only extract(epoch from later - earlier) is known: {node.sql(SOURCE)}")


def _is_elapsed_seconds(node: exp.Expr) -> bool:
    return (
        isinstance(node, exp.Extract)
        and node.name == "EPOCH"
        and isinstance(node.expression, exp.Sub)
    )


def _patch(node: exp.Expr, dialect: Dialect) -> exp.Expr:
    """All that SQLGlot gets wrong, or says at more length than needed, for the allowed SQL."""
    if isinstance(node, exp.Ordered):
        # We order by nothing that can be null, so each engine's own order of nulls will do.
        node.set("nulls_first", _nulls_come_first(dialect, descending=bool(node.args.get("desc"))))
    if _is_elapsed_seconds(node) and dialect.elapsed_seconds:
        difference = node.expression
        seconds = dialect.elapsed_seconds.format(
            start=difference.expression.sql(dialect.name), end=difference.this.sql(dialect.name)
        )
        return sqlglot.parse_one(seconds, read=dialect.name)
    if dialect.name == "bigquery":
        return _patch_bigquery(node, dialect)
    return node


def _nulls_come_first(dialect: Dialect, descending: bool) -> bool:
    ordering = sqlglot.Dialect.get_or_raise(dialect.name).NULL_ORDERING
    return {
        "nulls_are_small": not descending,
        "nulls_are_large": descending,
        "nulls_are_last": False,
    }[ordering]


def _patch_bigquery(node: exp.Expr, dialect: Dialect) -> exp.Expr:
    if isinstance(node, exp.Cast) and isinstance(node.this, exp.TimestampTrunc):
        # Its plain weeks start on Sunday.
        unit = node.this.text("unit").replace("WEEK", "ISOWEEK")
        day = exp.cast(node.this.this, "date").sql(dialect.name)
        return sqlglot.parse_one(f"date_trunc({day}, {unit})", read=dialect.name)
    if isinstance(node, exp.Sub) and isinstance(node.expression, exp.Interval):
        # Its date less an interval is no date.
        interval = node.expression
        return exp.DateSub(this=node.this, expression=interval.this, unit=interval.args["unit"])
    return node
