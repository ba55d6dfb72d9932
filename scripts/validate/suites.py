"""The expectation suite of a mart, derived from what the manifest says of its metric."""

from __future__ import annotations

import great_expectations as gx
import great_expectations.expectations as gxe
from great_expectations.expectations.expectation import Expectation
from great_expectations.expectations.metadata_types import FailureSeverity
from great_expectations.expectations.row_conditions import Column

from scripts.validate.marts import Mart

KEY = ["period_grain", "period_start", "dimension", "member", "statistic"]
GRAINS = ["day", "week", "month", "cohort"]
# A target's severity is dbt's: an error fails the build, a warning does not.
SEVERITIES = {"error": FailureSeverity.CRITICAL, "warn": FailureSeverity.WARNING}


def suite_of(mart: Mart) -> gx.ExpectationSuite:
    """The suite of a mart, named by its metric; each expectation's meta says its group."""
    groups = {
        "shape": _shape(mart),
        "range": _ranges(mart),
        "completeness": _completeness(mart),
        "target": _targets(mart),
    }
    for group, expectations in groups.items():
        for expectation in expectations:
            expectation.meta = {"group": group}
    return gx.ExpectationSuite(
        name=mart.metric.name,
        expectations=[one for expectations in groups.values() for one in expectations],
    )


def _shape(mart: Mart) -> list[Expectation]:
    columns = [column.name for column in mart.metric.columns]
    not_null: list[Expectation] = [
        gxe.ExpectColumnValuesToNotBeNull(column=column, description=f"{column} is never null.")
        for column in [*KEY, "is_complete"]
    ]
    return [
        gxe.ExpectTableColumnsToMatchOrderedList(
            column_list=columns + [target.column for target in mart.targets],
            description="The columns are those of the contract, in its order, then the targets.",
        ),
        gxe.ExpectCompoundColumnsToBeUnique(
            column_list=KEY, description=f"There is one row per {', '.join(KEY)}."
        ),
        *not_null,
        gxe.ExpectColumnValuesToBeInSet(
            column="period_grain",
            value_set=GRAINS,
            description=f"A period is one of {', '.join(GRAINS)}.",
        ),
        gxe.ExpectColumnValuesToBeInSet(
            column="statistic",
            value_set=list(mart.metric.statistics),
            description=f"A statistic is one of {', '.join(mart.metric.statistics)}.",
        ),
    ]


def _ranges(mart: Mart) -> list[Expectation]:
    return [
        gxe.ExpectColumnValuesToBeBetween(
            column="value",
            min_value=facts["minimum"],
            max_value=facts.get("maximum"),
            row_condition=Column("statistic") == name,
            description=f"{name} ({facts['meaning']}) is "
            + f"at least {facts['minimum']}"
            + (f" and at most {facts['maximum']}." if "maximum" in facts else "."),
        )
        for name, facts in mart.metric.statistics.items()
    ]


def _completeness(mart: Mart) -> list[Expectation]:
    denominator = Column("denominator")
    complete = True  # compared with a column, it makes a condition and not a truth value
    return [
        gxe.ExpectColumnValuesToNotBeNull(
            column="value",
            row_condition=denominator.is_not_null() & (denominator != 0),
            description="There is a value wherever there is something to divide by.",
        ),
        gxe.ExpectColumnValuesToBeNull(
            column="value",
            row_condition=denominator == 0,
            description="There is no value where there is nothing to divide by.",
        ),
        gxe.ExpectColumnValuesToNotBeNull(
            column="value",
            row_condition=denominator.is_null() & (Column("is_complete") == complete),
            description="A number that is no ratio has a value in every complete period.",
        ),
        gxe.ExpectColumnDistinctValuesToContainSet(
            column="statistic",
            value_set=list(mart.metric.statistics),
            # An event that a product does not log leaves a mart without rows, rightly so.
            severity=FailureSeverity.CRITICAL if mart.rows else FailureSeverity.WARNING,
            description="Every statistic is there.",
        ),
        gxe.ExpectColumnDistinctValuesToContainSet(
            column="is_complete",
            value_set=[True],
            severity=FailureSeverity.WARNING,  # a history that has only begun is no error
            description="There is a complete period.",
        ),
    ]


def _targets(mart: Mart) -> list[Expectation]:
    return [
        gxe.ExpectColumnValuesToNotBeInSet(
            column=target.column,
            value_set=["missed"],
            severity=SEVERITIES[target.severity],
            description=f"{target.description} ({target.id}: {target.seen}, asked {target.rule})",
        )
        for target in mart.targets
    ]
