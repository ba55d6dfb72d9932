"""Every setting is checked before anything is built, by its declaration, which the docs show."""

from __future__ import annotations

import json
import re
from itertools import chain
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest
import yaml

from scripts.docs.settings import DECLARATIONS, settings_page
from scripts.manifest import PROJECT
from scripts.sync import SETTINGS_PAGE
from scripts.worlds import registry
from tests.python.builds import render, run_dbt, run_dbt_command

SCENARIOS = ", ".join(sorted(registry.SCENARIOS))
DAY = "a day, as 2026-01-31 is"
SHARE = "a number from 0 to 1"
COUNT = "a number from 0 to 1000000"
TEXT = "text of one line"
INJECTED = "0) or (select count(*) from information_schema.tables) > (0"

# Values that are wrong, and what is said of each after the name of the setting.
Wrong = list[tuple[Any, str]]


def is_not(rule: str, *values: Any) -> Wrong:
    """Values that are not what the rule says."""
    return [(value, f": {shown(value)} is not {rule}") for value in values]


def shown(value: Any) -> str:
    """A value as a message shows it."""
    if value is None or isinstance(value, bool | str):
        return json.dumps(value)
    return str(value)


def whole_number(least: int, most: int) -> Wrong:
    """Values that are no whole number between two."""
    rule = f"a whole number from {least} to {most}"
    return is_not(rule, least - 1, most + 1, 2.5, "5", True, None, [5], {}, INJECTED)


def day(*others: Any) -> Wrong:
    """Values that are no day."""
    wrong: tuple[Any, ...] = (
        "2026-02-30",
        "2026-13-45",
        "2025-02-29",
        "2026-2-1",
        "today",
        20260201,
        True,
        [],
    )
    return is_not(DAY, *wrong, *others)


def entry(name: str, wrong: Wrong) -> Wrong:
    """Values of an entry that are wrong, as values of the mapping that has it."""
    return [({name: value}, f".{name}{said}") for value, said in wrong]


def number(rule: str, *others: Any) -> Wrong:
    """Values that are no number of a rule."""
    return is_not(rule, "0.5", -0.1, True, None, [0.5], *others)


WRONG: dict[str, Wrong] = {
    "semantic_layer": is_not("one of built, or null", "left_out", 5, True, ["built"]),
    "raw_path": is_not(f"{TEXT}, or null", 5, "", " ", True, ["events"], {"a": "b"}),
    "raw_schema": is_not(
        f"{TEXT} without \" ` ', or null",
        5,
        "",
        'raw"; drop schema main; --',
        "o'r",
        "a`b",
        ["raw"],
    ),
    "absent_events": [
        *is_not("a list, each of it text of one line", "ride_sharing.ride_completion", 5, {}, None),
        *(([value], f": {shown(value)} is not {TEXT}") for value in (5, "", None)),
    ],
    "event_mapping": [
        *is_not("a mapping, each of it a mapping, or null", "app_log", 5, ["a"], None, True),
        *entry("ride_sharing", is_not("a mapping, or null", "app_log", 5, [])),
    ],
    "calendar_events": [
        *is_not(f"a mapping of {SCENARIOS}, each of it {TEXT}", "ping", 5, [], None),
        ({"chat": "ping"}, f': "chat" is not one of {SCENARIOS}'),
        *entry("messenger", is_not(TEXT, 5, "", None, "message\nsent", "\x1b[31m")),
    ],
    "clock_skew_seconds": whole_number(0, 86400),
    "earliest_event": day(None),
    "latest_event": day(None),
    "built_on": [(value, f"{said}, or null") for value, said in day()],
    "ahead_days": whole_number(0, 3660),
    "changed_days": is_not("one of error, warn", "ignore", 5, None, True, ["warn"]),
    "longest_history_years": whole_number(1, 1000),
    "new_user_days": whole_number(1, 3660),
    "period_grains": [
        *is_not("a list, each of it one of day, week, month", "day", 5, {}, None),
        *(([value], f": {shown(value)} is not one of day, week, month") for value in ("hour", 1)),
    ],
    "slices": [
        *is_not(f"a list, each of it {TEXT}", "city", 5, {}, None),
        *(([value], f": {shown(value)} is not {TEXT}") for value in (5, "", None)),
    ],
    "late_days": whole_number(0, 3660),
    "rebuild_from": [(value, f"{said}, or null") for value, said in day()],
    "follow_up_days": whole_number(0, 3660),
    "launches": [
        *is_not(f"a mapping of {SCENARIOS}, each of it {DAY}", "2026-03-02", 5, [], None),
        ({"rides": "2026-03-02"}, f': "rides" is not one of {SCENARIOS}'),
        *entry("ride_sharing", day(None)),
    ],
    "sampling_rates": [
        *is_not(
            f"a mapping of {SCENARIOS}, each of it a number above 0 and up to 1", 0.5, "1", [], None
        ),
        ({"rides": 0.5}, f': "rides" is not one of {SCENARIOS}'),
        *entry("ride_sharing", number("a number above 0 and up to 1", 0, 1.5)),
    ],
    "target_overrides": [
        *is_not("a mapping, each of it a mapping", "1.1.2-1.T1", 5, [], None),
        *entry("1.1.2-1.T1", is_not("a mapping", 0.2, "high", None, [])),
    ],
    "quick_access_experiment": [
        *entry("id", is_not(TEXT, 5, "", None)),
        *entry("planned_days", is_not("a whole number from 1 to 3660", -1, 0, "14", True, 1.5)),
        *entry("planned_units", is_not("a whole number of at least 4", 3, "450", None)),
        *entry("started_on", day(None)),
        *entry("shares", entry("control", is_not("a number above 0", 0, -1, "half", True))),
        *entry("segments", [(["a b"], ': "a b" is not a name of letters, digits and underscores')]),
        ({"planed_days": 14}, ': "planed_days" is not one of id, shares, control, unit, segments'),
    ],
    "batching_experiment": [
        *entry("id", is_not(TEXT, 5, "", None)),
        *entry("planned_days", is_not("a whole number from 1 to 3660", -1, 0, "14", True, 1.5)),
        *entry("shares", entry("v1", is_not("a number above 0", 0, -1, "half", True))),
        ({"planed_days": 14}, ': "planed_days" is not one of id, shares, control, unit, segments'),
    ],
    "food_delivery_thresholds": [
        *entry("window_minutes", whole_number(15, 1440)),
        *entry("washout_minutes", whole_number(0, 240)),
        *entry("eligible_minutes", whole_number(1, 60)),
        *entry("street_factor", is_not("a number from 1 to 3", 0.5, 3.1, "winding", None)),
        ({"window_hours": 2}, ': "window_hours" is not one of window_minutes, washout_minutes'),
    ],
    "engagement_weights": [
        *is_not("a mapping of messages, active_days, conversations, rich_media", 1, "even", []),
        *entry("messages", number(SHARE, 1.1)),
        (
            {"calls": 0.1},
            ': "calls" is not one of messages, active_days, conversations',
        ),
    ],
    "messenger_thresholds": [
        *entry("power_user_share", number(SHARE, 1.1)),
        *entry("low_messages", number(COUNT)),
        *entry("low_active_days", is_not("a whole number from 0 to 28", "few", 29, 2.5, -1)),
        ({"inactive": 3}, ': "inactive" is not one of power_user_share, top_share'),
    ],
    "short_video_features": [
        *is_not(f"a list, each of it {TEXT}", "Feed", 5, {}, None),
        *(([value], f": {shown(value)} is not {TEXT}") for value in (5, "", None)),
    ],
    "short_video_critical_features": is_not(f"a list, each of it {TEXT}", "Feed", 5, {}, None),
    "short_video_thresholds": [
        *entry("creator_days", whole_number(1, 28)),
        *entry("landmark_day", whole_number(1, 27)),
        *entry("attribution_days", whole_number(1, 7)),
        *entry("successful_views", whole_number(1, 1_000_000)),
        ({"new_days": 28}, ': "new_days" is not one of creator_days, landmark_day'),
    ],
    "short_video_location_weights": [
        *(
            change
            for source in ("gps", "geotag", "wifi", "cell", "ip", "business", "search", "profile")
            for change in entry(source, number(SHARE, 1.1))
        ),
        ({"satellite": 1}, ': "satellite" is not one of gps, geotag, wifi'),
    ],
    "short_video_location_thresholds": [
        *entry("radius_km", whole_number(1, 500)),
        *entry("half_life_days", whole_number(1, 365)),
        *entry("home_factor", is_not("a number from 1 to 10", 0.5, 10.1, "far", None)),
        *entry("candidate_days", whole_number(16, 30)),
        *entry("confirmed_days", whole_number(31, 60)),
        *entry("supporting_days", whole_number(1, 30)),
        ({"days": 30}, ': "days" is not one of radius_km, half_life_days'),
    ],
    "stickiness_active_event": is_not(
        "one of user_active_event, app_open, session_start", "content_viewed", 5, None, ["app_open"]
    ),
    "stickiness_core_features": [
        *is_not(f"a list, each of it {TEXT}", "feed", 5, {}, None),
        *(([value], f": {shown(value)} is not {TEXT}") for value in (5, "", None)),
    ],
    "stickiness_thresholds": [
        *entry("idle_minutes", whole_number(1, 1440)),
        *entry("core_active_days", is_not("a whole number from 1 to 28", "few", 0, 29, 2.5)),
        *entry("gone_days", is_not("a whole number from 29 to 84", "few", 28, 85, 30.5)),
        ({"dormant_days": 28}, ': "dormant_days" is not one of idle_minutes, automated_events'),
    ],
    "feed_ranking_experiment": [
        *entry("planned_days", is_not("a whole number from 1 to 3660", 0, "42", 1.5)),
        *entry("control", is_not(TEXT, 5, "", None)),
        ({"planed_days": 42}, ': "planed_days" is not one of id, shares, control, unit, segments'),
    ],
    "news_feed_thresholds": [
        *entry("rarefied_impressions", whole_number(1, 1_000_000)),
        *entry("item_impressions", whole_number(1, 1_000_000)),
        *entry("reach_fell_percent", whole_number(1, 100)),
        ({"reach_fell": 80}, ': "reach_fell" is not one of rarefied_impressions, item_impressions'),
    ],
    "streaming_thresholds": [
        *entry("view_seconds", whole_number(1, 1_000_000_000)),
        *entry("completed_percent", whole_number(1, 100)),
        *entry("series_days", whole_number(1, 365)),
        ({"view_minutes": 2}, ': "view_minutes" is not one of view_seconds, completed_percent'),
    ],
}
SCENARIOS_WRONG: Wrong = [
    ("ride_sharin", f': "ride_sharin" is not one of {SCENARIOS}'),
    (["messenger", "rides"], f': "rides" is not one of {SCENARIOS}'),
    ([5], f": 5 is not one of {SCENARIOS}"),
]
# Well formed each, and wrong as a whole or beside what else there is.
WRONG_TOGETHER: tuple[dict[str, Any], list[str]] = (
    {
        "slices": ["city", "citty"],
        "absent_events": ["ride_sharing.ride_complete"],
        "earliest_event": "2051-01-01",
        "raw_schema": "messenger",
        "messenger_thresholds": {"low_active_days": 4},
        "engagement_weights": {"messages": 0.5},
        "food_delivery_thresholds": {"window_minutes": 60, "washout_minutes": 60},
        "target_overrides": {
            "1.1.2-1.T9": {"threshold": 1},
            "1.1.2-1.T1": {"threshold": "high", "launched_on": "2026-02-30"},
            "1.1.2-1.T2": {"colour": "red", "periods": 0},
            "1.1.2-1.T3": {"severity": "loud", "owner": 5},
        },
    },
    [
        'slices: "citty" is not one of all, ',
        'absent_events: "ride_sharing.ride_complete" is not a known <scenario>.<event>',
        "earliest_event: 2051-01-01 is not before latest_event, 2050-01-01",
        "raw_schema: the build puts views of clean events into schema 'messenger'",
        "messenger_thresholds.low_active_days: 4 is not below low_messages",
        "food_delivery_thresholds: a washout of 60 minutes leaves nothing of windows of 60",
        "engagement_weights: their sum is 1.2",
        "target_overrides.1.1.2-1.T9 is not a known target; known are 1.1.2-1.T1",
        'target_overrides.1.1.2-1.T1.threshold: "high" is not a number',
        f'target_overrides.1.1.2-1.T1.launched_on: "2026-02-30" is not {DAY}',
        'target_overrides.1.1.2-1.T2: "colour" is not one of threshold, severity, periods',
        "target_overrides.1.1.2-1.T2.periods: 0 is not a whole number from 1 to 3660",
        'target_overrides.1.1.2-1.T3.severity: "loud" is not one of error, warn',
        f"target_overrides.1.1.2-1.T3.owner: 5 is not {TEXT}",
    ],
)


@pytest.fixture(scope="module")
def declarations(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """The settings as dbt reads them: scenario, name, default, rule, meaning."""
    text = render(tmp_path_factory.mktemp("declarations"), DECLARATIONS)
    found: list[dict[str, Any]] = json.loads(text)
    return found


TURNS = range(max(map(len, WRONG.values())))


def test_every_setting_has_wrong_values_of_at_least_three_kinds(
    declarations: list[dict[str, Any]],
) -> None:
    names = {one["name"] for one in declarations if "." not in one["name"]}
    assert names == {*WRONG, "scenarios"}
    assert min(len(wrong) for wrong in [*WRONG.values(), SCENARIOS_WRONG]) >= 3
    assert sum(map(len, WRONG.values())) > 150


def test_every_wrong_value_is_refused_with_its_setting_and_the_rule(tmp_path: Path) -> None:
    query = """
        {%- set found = {} -%}
        {%- for setting in declared_settings() if setting.name in builtins.var('wrong') -%}
            {%- set said = [] -%}
            {%- for value in builtins.var('wrong')[setting.name] -%}
                {%- do said.append(value_problems(setting, value, setting.name)) -%}
            {%- endfor -%}
            {%- do found.update({setting.name: said}) -%}
        {%- endfor -%}
        {{- tojson(found) -}}
    """
    values = {name: [value for value, _ in wrong] for name, wrong in WRONG.items()}
    found = json.loads(render(tmp_path, query, variables={"wrong": values}))
    for name, wrong in WRONG.items():
        for (value, message), said in zip(wrong, found[name], strict=True):
            assert len(said) == 1, (name, value, said)
            assert said[0].startswith(f"{name}{message}"), (name, value)


@pytest.mark.parametrize("turn", [0, 1, 2])
def test_a_build_with_wrong_values_is_refused_as_a_whole(tmp_path: Path, turn: int) -> None:
    wrong_values = {name: wrong[turn] for name, wrong in WRONG.items()}
    variables = {name: value for name, (value, _) in wrong_values.items()}
    build = run_dbt(tmp_path, "build", variables=variables)
    assert build.exit_code != 0
    said = [f"- {name}{message}" for name, (_, message) in wrong_values.items()]
    assert [line for line in said if line not in build.output] == [], build.output
    assert f"because of {len(wrong_values)} problem(s)" in build.output
    assert not build.database.exists()


@pytest.mark.parametrize(("value", "message"), SCENARIOS_WRONG)
def test_wrong_scenarios_are_refused_with_the_rule(
    tmp_path: Path, value: Any, message: str
) -> None:
    build = run_dbt(tmp_path, "build", variables={"scenarios": value})
    assert build.exit_code != 0
    assert f"- scenarios{message}" in build.output


def test_what_no_type_says_is_refused_before_anything_is_built(tmp_path: Path) -> None:
    variables, messages = WRONG_TOGETHER
    build = run_dbt(tmp_path, "build", variables=variables)
    assert build.exit_code != 0
    assert [line for line in messages if f"- {line}" not in build.output] == [], build.output
    assert f"because of {len(messages)} problem(s)" in build.output
    assert build.query("select count(*) from information_schema.tables") == [(0,)]


def test_an_experiment_whose_entries_do_not_fit_each_other_is_refused(tmp_path: Path) -> None:
    variables = {"quick_access_experiment": {"control": "contrl"}}
    # Parsing stops already.
    build = run_dbt_command(tmp_path, "build", scenario="cloud_storage", variables=variables)
    assert build.exit_code != 0
    said = '- quick_access_experiment.control: "contrl" is not one of the variants in shares'
    assert said in build.output


def test_a_misspelt_var_is_named_with_the_one_that_is_meant(tmp_path: Path) -> None:
    misspelt = {
        "raw_paht": "raw_path",
        "raw-schema": "raw_schema",
        "slice": "slices",
        "Launches": "launches",
        "new_user_day": "new_user_days",
        "quick_access": "quick_access_experiment",
        "target_override": "target_overrides",
        "mesenger_threshold": "messenger_thresholds",
    }
    packages = {"dbt_utils_dispatch_list": [], "surrogate_key_treat_nulls_as_empty_strings": True}
    variables = {**dict.fromkeys(misspelt, 1), **packages}
    build = run_dbt(tmp_path, "build", variables=variables)
    assert build.exit_code != 0
    said = [
        f"- {name}: there is no such setting; did you mean {meant}?"
        for name, meant in misspelt.items()
    ]
    assert [line for line in said if line not in build.output] == [], build.output
    assert f"because of {len(said)} problem(s)" in build.output

    assert run_dbt(tmp_path, "run", "-s", "catalog_goals", variables=packages).exit_code == 0


def test_what_yaml_reads_as_a_date_or_as_no_number_is_no_other_value(tmp_path: Path) -> None:
    given = """
        launches: {ride_sharing: 2026-03-02, messenger: 2026-03-02 10:00:00}
        late_days: 2026-02-01
        sampling_rates: {ride_sharing: .nan, messenger: -.inf}
        messenger_thresholds: {low_messages: .inf}
        raw_paht: my_events
    """
    project = yaml.safe_load((PROJECT / "dbt_project.yml").read_text(encoding="utf-8"))
    columns = yaml.safe_dump({"mart_columns": project["vars"]["mart_columns"]})
    build = run_dbt_command(tmp_path, "build", "--vars", dedent(given) + columns)
    assert build.exit_code != 0
    said = [
        f"launches.messenger: 2026-03-02 10:00:00 is not {DAY}",
        "late_days: 2026-02-01 is not a whole number from 0 to 3660",
        "sampling_rates.ride_sharing: nan is not a number above 0 and up to 1",
        "sampling_rates.messenger: -inf is not a number above 0 and up to 1",
        f"messenger_thresholds.low_messages: inf is not {COUNT}",
        "raw_paht: there is no such setting; did you mean raw_path?",
        "mart_columns: is not a setting; it is part of the project",
    ]
    assert [line for line in said if f"- {line}" not in build.output] == [], build.output
    assert f"because of {len(said)} problem(s)" in build.output


def test_every_var_is_declared_and_every_default_keeps_its_rule(
    declarations: list[dict[str, Any]], tmp_path: Path
) -> None:
    project = yaml.safe_load((PROJECT / "dbt_project.yml").read_text(encoding="utf-8"))
    declared = {one["name"] for one in declarations if one["scenario"] is None}
    fixed = set(json.loads(render(tmp_path, "{{ tojson(fixed_vars()) }}")))
    assert set(project["vars"]) == declared - {"scenarios", "semantic_layer"} | fixed
    # Of the entries of a mapping, too.
    query = """
        {%- set problems = setting_problems() -%}
        {%- for setting in declared_settings() -%}
            {%- for entry in setting.get('entries', []) if 'default' in entry -%}
                {%- do problems.extend(value_problems(entry, entry.default, entry.name)) -%}
            {%- endfor -%}
        {%- endfor -%}
        {{- tojson(problems) -}}
    """
    assert json.loads(render(tmp_path, query)) == []


def test_no_var_is_read_that_nobody_declared(declarations: list[dict[str, Any]]) -> None:
    declared = {one["name"] for one in declarations} | {"mart_columns", "target_columns"}
    files = chain.from_iterable(
        PROJECT.glob(f"{folder}/**/*.{kind}")
        for folder in ("macros", "models", "analyses", "tests")
        for kind in ("sql", "yml")
    )
    read = {
        name
        for path in [*files, PROJECT / "dbt_project.yml"]
        for name in re.findall(r"\bvar\('(\w+)'", path.read_text(encoding="utf-8"))
    }
    assert read <= declared
    assert len(read) > 15


def test_the_page_of_settings_stands_as_it_is_declared(declarations: list[dict[str, Any]]) -> None:
    written = (PROJECT / SETTINGS_PAGE).read_text(encoding="utf-8")
    assert written == settings_page(declarations), "run `make sync`"
    assert SETTINGS_PAGE.as_posix() in (PROJECT / "README.md").read_text(encoding="utf-8")
    for one in declarations:
        assert f"| `{one['name']}` |" in written
