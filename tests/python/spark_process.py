"""A scenario built on Spark, then queries in the same session, since its start takes long.

`python -m tests.python.spark_process <folder> <project> <scenario>` reads what to do from
`questions.json` in the folder and writes the rows to `answers.json`. A question is
`[name, kind, text]`: `sql` runs as it stands, `jinja` is rendered by dbt for Spark first, and `dbt`
is a run with these variables.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from dbt.cli.main import dbtRunner
from pyspark.sql import SparkSession

from scripts.experiments.spark_queries import compile_for_spark
from scripts.scenario_alone import scenario_variables
from scripts.warm_dbt import places


def main(folder: Path, project: Path, scenario: str) -> int:
    """Build what lies in a project and answer; the exit status is 0 if all of it worked."""
    nodes = ["--resource-type", "seed", "--resource-type", "model", "--select"]
    dbt = dbtRunner()

    def settings(**variables: object) -> list[str]:
        given = scenario_variables(scenario, variables)
        return ["--vars", json.dumps(given), *places(folder, project)]

    def build(name: str, **variables: object) -> bool:
        arguments = ["build", "--target", "spark", *nodes, name, *settings(**variables)]
        return dbt.invoke(arguments).success

    if not build(scenario):
        return 1
    questions = json.loads((folder / "questions.json").read_text(encoding="utf-8"))
    texts = {name: text for name, kind, text in questions if kind == "jinja"}
    statements = compile_for_spark(texts, *settings())
    session = SparkSession.getActiveSession() or SparkSession.builder.getOrCreate()
    answers: dict[str, object] = {}
    for name, kind, text in questions:
        if kind == "dbt":
            answers[name] = build(name, **json.loads(text))
            continue
        found = session.sql(statements.get(name, text))
        answers[name] = [found.columns, [list(row) for row in found.collect()]]
    (folder / "answers.json").write_text(json.dumps(answers, default=str), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]))
