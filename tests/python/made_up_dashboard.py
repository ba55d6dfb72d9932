"""A small database and manifest of what the dashboard of question 2.1.4 draws, and no more."""

from __future__ import annotations

import random
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import duckdb

from scripts.manifest import Manifest

FEATURES = ("feed", "reels", "stories")
GROUPS = ("adopter", "not yet")
PHASES = ("after", "before")
WEEKS = [date(2026, 1, 5) + timedelta(days=7 * number) for number in range(16)]
MOVES = (
    *(("start", "feed"), ("feed", "reels"), ("reels", "feed"), ("reels", "stories")),
    *(("stories", "end"), ("feed", "end")),
)
# Every session that starts ends, and as many moves lead into each feature as out of it.
PER_MOVE = {
    ("start", "feed"): 100,
    ("feed", "reels"): 60,
    ("reels", "feed"): 40,
    ("reels", "stories"): 20,
    ("stories", "end"): 20,
    ("feed", "end"): 80,
}
MART = """
    period_grain varchar, period_start date, dimension varchar, member varchar, statistic varchar,
    numerator double, denominator double, value double, is_complete boolean
"""
STATUS = """
    target_id varchar, basis varchar, statistic varchar, status varchar, observed double,
    interval_low double, interval_high double, worst_member varchar, operator varchar,
    threshold double, upper_threshold double, severity varchar, owner varchar, window_start date,
    window_end date, built_at timestamp, built_from varchar
"""
STUDY = ("event_week", "phase", "difference", "interval_low", "interval_high")
EFFECTS = (
    *("metric", "variant", "lift", "lift_low", "lift_high"),
    *("pre_post_lift", "adopters_against_others"),
)
Statistics = dict[str, dict[str, Any]]
# Of each metric: unit, statistics, and the members of its slices.
METRICS: dict[str, tuple[str, Statistics, dict[str, list[str]]]] = {
    "platform_time_spent_per_user": (
        "minutes",
        {"value": {"meaning": "minutes / days of users"}},
        {"reels_group": [*GROUPS], "launch_phase": [*PHASES]},
    ),
    "feature_active_users": (
        "users",
        {"value": {"meaning": "users of the day"}},
        {"feature_name": [*FEATURES], "audience": ["both", "others only", "reels only"]},
    ),
    **{
        name: (
            unit,
            {statistic: {"meaning": meaning}},
            {
                "feature_name": [*FEATURES],
                "feature_and_group": [f"{one} / {two}" for one in FEATURES for two in GROUPS],
                "feature_and_phase": [f"{one} / {two}" for one in FEATURES for two in PHASES],
            },
        )
        for name, unit, statistic, meaning in (
            ("feature_time_spent_per_user", "minutes", "per_active_day", "minutes / days"),
            ("feature_creations_per_user", "creations per user", "per_active_day", "creations"),
            ("feature_engagement_rate", "engagements per view", "value", "engagements / views"),
        )
    },
    "reels_session_overlap": (
        "share of sessions",
        {"value": {"meaning": "both", "maximum": 1}, "without_reels": {"meaning": "no reels"}},
        {"feature_name": [*FEATURES]},
    ),
    "feature_user_flow": (
        "moves per session",
        {"value": {"meaning": "moves / sessions"}},
        {
            "feature_move": [f"{one} > {two}" for one, two in MOVES],
            "group_move": [f"{group}: {one} > {two}" for group in GROUPS for one, two in MOVES],
            "phase_move": [f"{phase}: {one} > {two}" for phase in PHASES for one, two in MOVES],
        },
    ),
}


def make_up(folder: Path) -> tuple[Manifest, Path]:
    """Write the database and give its manifest; numbers are drawn from one seed."""
    database = folder / "gsmt.duckdb"
    nodes = {}
    with duckdb.connect(str(database)) as connection:
        generator = random.Random(1)
        for name, (unit, statistics, slices) in METRICS.items():
            model = f"mart_{name}"
            connection.execute(f"create table {model} ({MART})")
            rows = _rows(generator, name, statistics, slices)
            connection.executemany(f"insert into {model} values (?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)
            facts = {
                "question": "2.1.4",
                "area": "2.1.4-1",
                "metric": name,
                "label": name.replace("_", " ").capitalize(),
                "unit": unit,
                "good_direction": "up",
                "slices": list(slices),
                "statistics": statistics,
                "targets": _targets() if name == "feature_time_spent_per_user" else [],
            }
            nodes[model] = _node(model, facts)
        _effects(connection)
        connection.execute(f"create table short_video__target_status ({STATUS})")
        connection.execute(
            """
            insert into short_video__target_status values (
                '2.1.4-1.T1', 'lift', 'per_active_day', 'missed', -0.08, -0.12, -0.04,
                'feed on web', '>=', -0.05, null, 'warn', 'short_video_dashboard',
                date '2026-03-02', date '2026-04-20', timestamp '2026-05-01', 'seeds'
            )
            """
        )
    for model, columns in (
        ("short_video__adoption_event_study", STUDY),
        ("short_video__adoption_effects", EFFECTS),
        ("short_video__target_status", ()),
        ("short_video__metric_values", ()),
    ):
        nodes[model] = _node(model, {}, columns)
    exposure = {
        "name": "question_2_1_4",
        "label": "Dashboard of the effect of Reels on other features",
        "description": "How does the launch of Reels change what people do elsewhere?",
        "depends_on": {"nodes": [f"model.gsmt.mart_{name}" for name in METRICS]},
        "config": {
            "meta": {
                "gsmt": {
                    "scenario": "short_video",
                    "question": "2.1.4",
                    "goal": "What Reels take and give is known.",
                    "areas": [{"id": "2.1.4-1", "name": "Halo", "goal": "It is known."}],
                }
            }
        },
    }
    content = {
        "nodes": {f"model.gsmt.{name}": node for name, node in nodes.items()},
        "exposures": {"exposure.gsmt.question_2_1_4": exposure},
        "unit_tests": {},
        "metadata": {"project_name": "gsmt"},
    }
    return Manifest(content), database


def _targets() -> list[dict[str, Any]]:
    compare = {"readout": "short_video__adoption_effects"}
    return [
        {
            "id": "2.1.4-1.T1",
            "description": "Reels take no more than the given share of the time in the feed.",
            "basis": "lift",
            "statistic": "per_active_day",
            "severity": "warn",
            "compare": compare,
        }
    ]


def _node(name: str, facts: dict[str, Any], columns: tuple[str, ...] = ()) -> dict[str, Any]:
    meta = {"gsmt": {"scenario": "short_video", **facts}} if facts else {}
    return {
        "name": name,
        "unique_id": f"model.gsmt.{name}",
        "resource_type": "model",
        "description": "One row per period.\n\nFormula: a / b.\n\nTrap: none.",
        "relation_name": f'"gsmt"."main"."{name}"',
        "database": "gsmt",
        "schema": "main",
        "fqn": ["gsmt", "short_video", name],
        "config": {"meta": meta},
        "depends_on": {"nodes": []},
        "columns": {
            column: {"name": column, "data_type": "double", "description": "", "meta": {}}
            for column in columns
        },
    }


def _rows(
    generator: random.Random, name: str, statistics: Statistics, slices: dict[str, list[str]]
) -> list[tuple[Any, ...]]:
    members = [("all", "all"), *((one, member) for one, own in slices.items() for member in own)]
    rows = []
    for dimension, member in members:
        for statistic in statistics:
            level = generator.uniform(0.2, 0.6)
            for number, week in enumerate(WEEKS):
                is_complete = number < len(WEEKS) - 1
                value = level + generator.uniform(-0.05, 0.05)
                numerator, denominator = 100 * value, 100.0
                if name == "feature_user_flow":
                    source, target = (member.split(": ")[-1] + " > ").split(" > ")[:2]
                    numerator = PER_MOVE.get((source, target), 300)
                    value = numerator / denominator
                key = ("week", week, dimension, member, statistic)
                rows.append((*key, numerator, denominator, value, is_complete))
    return rows


def _effects(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute(
        """
        create table short_video__adoption_event_study as
        select
            range - 4 as event_week,
            if(range = 3, 'reference', if(range < 3, 'lead', 'lag')) as phase,
            case when range < 4 then 0.0 else -0.02 * (range - 3) end as difference,
            case when range <> 3 then difference - 0.03 end as interval_low,
            case when range <> 3 then difference + 0.03 end as interval_high
        from range(10)
        """
    )
    connection.execute(
        """
        create table short_video__adoption_effects as
        from (values
            ('feed_time', 'adopters', -0.08, -0.12, -0.04, 0.03, 0.4),
            ('image_uploads', 'adopters', 0.11, -0.05, 0.3, 0.2, 0.9),
            ('feed_time', 'counterfactual', null, null, null, null, null)
        ) as effects (
            metric, variant, lift, lift_low, lift_high, pre_post_lift, adopters_against_others
        )
        """
    )
