"""The lines that dbt needs for each scenario, written from the folders of the rooms.

A scenario is switched on and off as a whole, and dbt_project.yml has to say so for its models, its
seeds, its analyses and its tests, each time by name. All rooms say the same.
"""

from __future__ import annotations

import json
import re
from functools import partial
from pathlib import Path

from scripts.declared import DeclarationError, declared_scenarios

PROJECT_FILE = Path("dbt_project.yml")
SCENARIO_LIST = Path("macros/scenarios/scenarios.sql")

_ANALYSES = """\
  - "{{{{ 'analyses/{name}' if {is_on} else 'analyses/none' }}}}"
"""
_SEMANTIC_LAYER = """\
  - "{{{{ 'semantic/{name}' if {has_layer} and {is_on} else 'semantic/none' }}}}"
"""
_HAS_LAYER = "var('semantic_layer', none) == 'built'"
_MODELS = """\
    {name}:
      +enabled: &{name} "{{{{ {is_on} }}}}"
      core: *core_by_the_day
      marts: *marts_by_the_day
      staging:
        <<: *staging_by_the_day
        {name}__quarantine: *quarantine_by_the_day
"""
_TESTS = """\
      {name}: {{+enabled: *{name}}}
"""
_SEEDS = """\
    {name}:
      +enabled: "{{{{ {is_on} and {reads_seeds} }}}}"
"""
_READS_SEEDS = "var('raw_path', none) is none and var('raw_schema', none) is none"
_META = """\
      +meta: {{gsmt: {{{facts}}}}}
"""


def scenario_switches(written_by: str, project: Path) -> dict[Path, str]:
    """Text of each file that names every scenario, by its path below the project.

    Args:
        written_by: the words that begin what is written here; the rest of a file stays.
        project: its folder.

    Raises:
        DeclarationError: a file lacks the place of what is written.
    """
    names = declared_scenarios(project)
    file, scenario_list = project / PROJECT_FILE, project / SCENARIO_LIST
    text = file.read_text(encoding="utf-8")
    for part, lines_of in (
        ("analyses", _ANALYSES.format),
        ("semantic layer", partial(_SEMANTIC_LAYER.format, has_layer=_HAS_LAYER)),
        ("models", _MODELS.format),
        ("tests", _TESTS.format),
        ("seeds", partial(_seeds, project)),
    ):
        begin, end = f"# {written_by}: {part}.\n", f"# End of {part}.\n"
        indent = re.search(rf"(?m)^ *(?={re.escape(end)})", text)
        lines = "".join(lines_of(name=name, is_on=_is_on(name)) for name in names)
        text = _between(file, text, begin, end, lines + (indent[0] if indent else ""))
    listed = "".join(f"\n        '{name}'," for name in names) + "\n    "
    macro = scenario_list.read_text(encoding="utf-8")
    return {
        PROJECT_FILE: text,
        SCENARIO_LIST: _between(scenario_list, macro, "{{- return([", "]) -}}", listed),
    }


def _is_on(name: str) -> str:
    return f"'{name}' in (var('scenarios', none) or ['{name}'])"


def _seeds(project: Path, name: str, is_on: str) -> str:
    """The switch of a scenario's seeds, and what their world tells of: launch and sampling rate.

    Where all is there from the first day on, nothing launched; without a rate, all users are there.
    """
    planted = project / "seeds" / name / "planted.json"
    world = json.loads(planted.read_text(encoding="utf-8")) if planted.exists() else {}
    day = world.get("launch_date")
    facts = [] if day == world.get("first_day") else [f'launched_on: "{day}"']
    if rate := world.get("sampling_rate"):
        # In full: YAML reads a small number with an exponent as text.
        facts.append(f"sampling_rate: {rate:.12f}".rstrip("0"))
    told = _META.format(facts=", ".join(facts)) if facts else ""
    return _SEEDS.format(name=name, is_on=is_on, reads_seeds=_READS_SEEDS) + told


def _between(path: Path, text: str, begin: str, end: str, lines: str) -> str:
    """The text of a file with other lines between two marks."""
    before, begins, rest = text.partition(begin)
    _, ends, after = rest.partition(end)
    if not begins or not ends:
        raise DeclarationError(f"{path}: {(end if begins else begin).strip()} is missing")
    return f"{before}{begin}{lines}{end}{after}"
