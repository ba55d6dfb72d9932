"""What tables and lines show of data is text: no style of a table, and no command of a terminal."""

from __future__ import annotations

import ast
from datetime import UTC, date, datetime

from rich.console import Console

from scripts.manifest import PROJECT
from scripts.query import Answer, answer_table
from scripts.target_status import TargetStatus, target_table
from scripts.terminal import plain

MARKUP = "[red]x[/nope]"


def shown(renderable: object) -> str:
    console = Console(width=400, force_terminal=True, color_system=None)
    with console.capture() as capture:
        console.print(renderable)
    return capture.get()


def test_square_brackets_and_control_characters_are_shown() -> None:
    assert shown(plain(f"{MARKUP} [growth] team")).strip() == f"{MARKUP} [growth] team"
    assert shown(plain("a\x1b[31mb\x07\r\x9bc")).strip() == r"a\x1b[31mb\x07\x0d\x9bc"


def test_an_owner_and_a_cell_stand_in_the_table_of_targets_as_they_are() -> None:
    status = TargetStatus(
        id="1.1.2-1.T1",
        scenario="ride_sharing",
        metric="carpool_ride_penetration",
        description="",
        basis="level",
        statistic="value",
        status="missed",
        observed=0.5,
        interval_low=0.25,
        interval_high=0.75,
        worst_member=f"{MARKUP}\x1b[2J",
        operator=">=",
        threshold=0.6,
        upper_threshold=None,
        severity="warn",
        owner="[growth] O'Brien [/]",
        window_start=date(2026, 1, 1),
        window_end=date(2026, 1, 28),
        built_at=datetime(2026, 2, 1, tzinfo=UTC),
        built_from="[/tmp]",
    )
    text = shown(target_table([status]))
    assert "[growth] O'Brien [/]" in text
    assert rf"0.5 [0.25, 0.75] in {MARKUP}\x1b[2J" in text
    assert "\x1b[2J" not in text


def test_an_answer_of_a_query_stands_as_it_is() -> None:
    text = shown(answer_table(Answer("", (MARKUP,), [(f"{MARKUP}\x1b[2J",)])))
    assert text.count(MARKUP) == 2
    assert "\x1b[2J" not in text


def test_no_text_that_is_put_together_is_printed_as_markup() -> None:
    wrong = []
    for path in sorted((PROJECT / "scripts").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
                continue
            is_print = node.func.attr == "print" and "onsole" in ast.unparse(node.func.value)
            if is_print and isinstance(node.args[0], ast.JoinedStr):
                wrong.append(f"{path.relative_to(PROJECT)}:{node.lineno}")
    assert wrong == []
