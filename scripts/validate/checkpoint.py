"""One checkpoint over the suites of all marts, in a context that leaves nothing behind."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import great_expectations as gx
from great_expectations.core import ExpectationSuiteValidationResult, ExpectationValidationResult
from great_expectations.data_context.data_context.ephemeral_data_context import (
    EphemeralDataContext,
)
from great_expectations.data_context.types.base import (
    DataContextConfig,
    InMemoryStoreBackendDefaults,
    ProgressBarsConfig,
)

from scripts.validate.marts import Mart
from scripts.validate.result import Finding, Suite
from scripts.validate.suites import suite_of

EXAMPLES = 5
PAGE_VIEW = {"module_name": "scripts.validate.page_view", "class_name": "EscapingPageView"}


def make_context(data_docs: Path) -> EphemeralDataContext:
    """A context in memory, without telemetry, whose Data Docs are written to `data_docs`."""
    return gx.get_context(
        mode="ephemeral",
        project_config=DataContextConfig(
            store_backend_defaults=InMemoryStoreBackendDefaults(),
            analytics_enabled=False,
            progress_bars=ProgressBarsConfig(globally=False),
            data_docs_sites={
                "marts": {
                    "class_name": "SiteBuilder",
                    "show_how_to_buttons": False,
                    "store_backend": {
                        "class_name": "TupleFilesystemStoreBackend",
                        "base_directory": str(data_docs.resolve()),
                    },
                    "site_index_builder": {"class_name": "DefaultSiteIndexBuilder"},
                    "site_section_builders": {
                        section: {"view": PAGE_VIEW} for section in ("expectations", "validations")
                    },
                }
            },
        ),
    )


def run_checkpoint(
    context: EphemeralDataContext,
    marts: Sequence[Mart],
    folder: Path,
    run_at: datetime,
    after_suite: Callable[[], None],
) -> tuple[Suite, ...]:
    """Validate the Parquet files of all marts, which lie in `folder`; one suite for each.

    Great Expectations cannot run its SQL over DuckDB, therefore the files. `after_suite` is called
    as each suite is done.
    """

    class Reported(gx.ValidationDefinition):
        def run(self, **options: Any) -> ExpectationSuiteValidationResult:
            result = super().run(**options)
            after_suite()
            return result

    source = context.data_sources.add_pandas_filesystem("marts", base_directory=folder.resolve())
    validations: list[gx.ValidationDefinition] = []
    for mart in marts:
        asset = source.add_parquet_asset(mart.metric.name)
        batch = asset.add_batch_definition_path("mart", path=mart.parquet.name)
        suite = context.suites.add(suite_of(mart))
        validation = Reported(name=mart.metric.name, data=batch, suite=suite)
        validations.append(context.validation_definitions.add(validation))
    # It is not added to the context, which would read the validations back as the plain class.
    checkpoint = gx.Checkpoint(
        name="marts", validation_definitions=validations, result_format="SUMMARY"
    )
    run_id = gx.RunIdentifier(run_name="validate", run_time=run_at)
    run_results = checkpoint.run(run_id=run_id).run_results
    results = {result.suite_name: result for result in run_results.values()}
    return tuple(
        Suite(
            name=mart.metric.name,
            rows=mart.rows,
            findings=tuple(_finding(one) for one in results[mart.metric.name].results),
        )
        for mart in marts
    )


def _finding(result: ExpectationValidationResult) -> Finding:
    config = result.expectation_config
    assert config is not None  # it is optional only for results that are read back from a file
    return Finding(
        group=str(config.meta["group"]),
        sentence=str(config.description),
        severity=str(config.severity.value),
        success=bool(result.success),
        observed=_observed(result.to_json_dict()["result"]),
        exception=_exception(result.exception_info),
    )


def _observed(result: Any) -> Any:
    if "unexpected_count" not in result:
        return result.get("observed_value")
    examples = dict.fromkeys(str(value) for value in result["partial_unexpected_list"])
    return {
        "rows": result["element_count"],
        "unexpected": result["unexpected_count"],
        "examples": list(examples)[:EXAMPLES],
    }


def _exception(info: dict[str, Any]) -> str | None:
    # One record for the expectation, or one for each of the metrics that it was computed from.
    records = [info] if "raised_exception" in info else list(info.values())
    messages = {str(one["exception_message"]) for one in records if one["raised_exception"]}
    return "; ".join(sorted(messages)) or None
