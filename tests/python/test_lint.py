"""What sqlfluff does not read is read elsewhere."""

from __future__ import annotations

import re

from pathspec import PathSpec

from scripts.manifest import PROJECT, Manifest
from tests.python.builds import Build

JINJA = re.compile(r"{#.*?#}|{%.*?%}|{{.*?}}", re.DOTALL)
CALL = re.compile(r"{{\s*(\w+)\(")


def split() -> tuple[dict[str, str], dict[str, str]]:
    """The models that sqlfluff reads, and those that it does not, with their text."""
    lines = (PROJECT / ".sqlfluffignore").read_text(encoding="utf-8").splitlines()
    ignored = PathSpec.from_lines("gitignore", lines)
    texts = {
        str(path.relative_to(PROJECT)): path.read_text(encoding="utf-8")
        for path in PROJECT.glob("models/**/*.sql")
    }
    unread = {path: text for path, text in texts.items() if ignored.match_file(path)}
    return {path: text for path, text in texts.items() if path not in unread}, unread


def test_a_model_that_is_not_linted_has_no_sql_of_its_own_and_its_macros_are_linted() -> None:
    read, unread = split()
    assert unread
    own = {path: re.sub(r"--.*", "", JINJA.sub("", text)) for path, text in unread.items()}
    assert {path: text for path, text in own.items() if text.strip()} == {}
    called = {macro for text in unread.values() for macro in CALL.findall(text)}
    assert called <= {macro for text in read.values() for macro in CALL.findall(text)}
    assert {"stage_event", "quarantine_events", "target_status"} <= called


def test_columns_of_every_type_and_rules_of_every_kind_are_linted(healthy: Build) -> None:
    read, unread = split()
    manifest = healthy.manifest()
    assert kinds(manifest, unread) <= kinds(manifest, read)


def kinds(manifest: Manifest, paths: dict[str, str]) -> set[str]:
    """The types and rules of the columns of staging models."""
    models = {node["name"] for node in manifest.models() if node["original_file_path"] in paths}
    columns = [
        column
        for signal in manifest.signals()
        if signal.model in models and not signal.is_derived
        for column in signal.columns
    ]
    return {column.data_type for column in columns} | {
        rule for one in columns for rule in one.rules
    }
