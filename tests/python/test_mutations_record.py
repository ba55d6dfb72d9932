"""The mutations fit the project, and their record says what `python -m scripts.mutate` found."""

import re
from collections import Counter

from scripts.manifest import PROJECT
from scripts.mutate import RECORD, read_mutations


def test_three_mutations_are_tried_for_every_metric() -> None:
    tried = Counter((mutation.scenario, mutation.metric) for mutation in read_mutations())
    marts = PROJECT.glob("models/*/marts/mart_*.sql")
    metrics = {(path.parts[-3], path.stem.removeprefix("mart_")) for path in marts}
    assert metrics
    assert {metric for metric in metrics if tried[metric] < 3} == set()
    assert {metric for _, metric in set(tried) - metrics} <= {"every_metric"}


def test_every_mutation_changes_the_project_as_it_is() -> None:
    for mutation in read_mutations():
        text = (PROJECT / mutation.file).read_text(encoding="utf-8")
        assert mutation.apply(text) != text


def test_the_record_names_a_test_of_the_project_for_every_mutation() -> None:
    row = re.compile(r"^\| `(\w+)` \| (.+) \| `(\w+)`(?: and \d+ more)? \|$", re.MULTILINE)
    recorded = row.findall(RECORD.read_text(encoding="utf-8"))
    assert [(metric, change) for metric, change, _ in recorded] == [
        (mutation.metric, mutation.change) for mutation in read_mutations()
    ]
    declared = {
        name
        for path in PROJECT.glob("models/**/*.yml")
        for name in re.findall(r"name: (\w+)", path.read_text(encoding="utf-8"))
    }
    singular = {path.stem for path in PROJECT.glob("tests/singular/**/*.sql")}
    assert {test for _, _, test in recorded} <= declared | singular
