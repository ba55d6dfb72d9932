"""What one more day of location costs 100,000 users, by how much history there is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from scripts.benchmark.days import measure_days
from scripts.benchmark.record import Say
from scripts.benchmark.worlds import World

SCENARIO = "short_video"
USERS = 100_000
HISTORIES = (60, 240)
ADDED_DAY = 241
# What tells in which city a user is; nothing else of the world is read.
EVENTS = (
    "app_session_start_with_gps",
    "content_geotagged",
    "ip_address_seen",
    "local_business_interaction",
    "local_search_query",
    "network_change",
    "user_profile_location_update",
)
# From raw events to the city in which each user is found on the day.
MODELS = (
    "short_video__quarantine",
    *(f"stg_short_video__{event}" for event in EVENTS),
    *(
        f"fct_short_video__{fact}"
        for fact in ("declared_cities", "location_signals", "user_city_days", "dominant_cities")
    ),
)


def measure_location(out: Path, name: str, world: World, runs: int, say: Say) -> dict[str, Any]:
    """Add the same day to 60 and to 240 days of a world's location events, as `measure_days` does.

    Of each run, `location_seconds` are those of the models up to the dominant city; the others are
    of all models of the scenario.
    """
    located = World(world.folder, world.scenario, EVENTS)
    record = measure_days(out, name, located, runs, say, HISTORIES, ADDED_DAY)
    for run in record["runs"]:
        run["location_seconds"] = sum(run["models_alone"][model] for model in MODELS)
    return {**record, "users": USERS}
