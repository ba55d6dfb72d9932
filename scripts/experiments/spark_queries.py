"""The same queries as `queries` renders for DuckDB, rendered for and run by a local Spark."""

from __future__ import annotations

import contextlib
import io
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar

import pandas as pd
import pyarrow as pa

from scripts.experiments.queries import SEPARATOR, Row, Run, form_of, forms
from scripts.warm_dbt import places

Key = TypeVar("Key")


def compile_for_spark(queries: Mapping[Key, str], *arguments: str) -> dict[Key, str]:
    """The queries as dbt renders them for Spark, all in one run of dbt, with these arguments too.

    Raises:
        RuntimeError: dbt did not render them.
    """
    from dbt.cli.main import dbtRunner

    inline = ["--inline", SEPARATOR.join(queries.values())]
    # It shows what it compiled, quiet or not.
    with contextlib.redirect_stdout(io.StringIO()):
        rendered = dbtRunner().invoke(
            ["--quiet", "compile", "--target", "spark", *inline, *arguments]
        )
    if not rendered.success:
        raise RuntimeError(str(rendered.exception or rendered.result))
    compiled = rendered.result.results[0].node.compiled_code  # type: ignore[union-attr]
    return dict(zip(queries, str(compiled).split(SEPARATOR), strict=True))


def spark_runner(queries: Mapping[str, str], folder: Path) -> Run:
    """What runs these queries on Spark; whatever it writes lies in `folder`.

    One session serves the whole process: its start takes longer than its queries.

    Raises:
        RuntimeError: dbt did not render the queries.
    """
    from pyspark.sql import SparkSession

    os.environ["GSMT_SPARK_WAREHOUSE"] = str(folder)
    texts = compile_for_spark(forms(queries), *places(folder))
    session = SparkSession.builder.getOrCreate()
    # Compiling an expression takes longer than reading it for each of a few hundred rows.
    session.conf.set("spark.sql.codegen.factoryMode", "NO_CODEGEN")

    def run(name: str, **relations: Any) -> list[Row]:
        for relation, columns in relations.items():
            table = pa.Table.from_pandas(pd.DataFrame(columns), preserve_index=False)
            session.createDataFrame(table).createOrReplaceTempView(relation)
        return [row.asDict() for row in session.sql(texts[form_of(name, relations)]).collect()]

    return run
