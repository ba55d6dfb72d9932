"""A scenario built on Spark, then queries in the same session, since its start takes long.

`python -m tests.python.spark_process <folder> <scenario>` reads what to do from `questions.json` in
the folder and writes the rows to `answers.json`. A question is `[name, kind, text]`: `sql` runs as
it stands, `jinja` is rendered by dbt for Spark first, and `dbt` is a run with these variables.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from dbt.cli.main import dbtRunner, dbtRunnerResult
from pyspark.sql import SparkSession

from scripts.experiments.queries import SEPARATOR
from scripts.manifest import PROJECT


def main(folder: Path, scenario: str) -> int:
    """Build and answer; the exit status is 0 if all of it worked."""
    places = ["--target", "spark", "--project-dir", str(PROJECT), "--profiles-dir", str(PROJECT)]
    places += ["--target-path", str(folder / "target"), "--log-path", str(folder / "logs")]
    nodes = ["--resource-type", "seed", "--resource-type", "model", "--select"]
    dbt = dbtRunner()

    def run(*arguments: str, variables: dict[str, object] | None = None) -> dbtRunnerResult:
        alone = json.dumps({"scenarios": [scenario], **(variables or {})})
        return dbt.invoke(["--no-use-colors", *arguments, "--vars", alone, *places])

    if not run("build", *nodes, scenario).success:
        return 1
    questions = json.loads((folder / "questions.json").read_text(encoding="utf-8"))
    # To ask dbt takes seconds, so it renders all of them at once.
    texts = {name: text for name, kind, text in questions if kind == "jinja"}
    rendered = run("--quiet", "compile", "--inline", SEPARATOR.join(texts.values()))
    if not rendered.success:
        return 1
    compiled = rendered.result.results[0].node.compiled_code  # type: ignore[union-attr]
    statements = dict(zip(texts, str(compiled).split(SEPARATOR), strict=True))
    session = SparkSession.getActiveSession() or SparkSession.builder.getOrCreate()
    answers: dict[str, object] = {}
    for name, kind, text in questions:
        if kind == "dbt":
            answers[name] = run("build", *nodes, name, variables=json.loads(text)).success
            continue
        found = session.sql(statements.get(name, text))
        answers[name] = [found.columns, [list(row) for row in found.collect()]]
    (folder / "answers.json").write_text(json.dumps(answers, default=str), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2]))
