"""A world of ride sharing as another company logs it: one log, with words and units of its own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb


def literal(text: str) -> str:
    """A text in SQL."""
    return "'" + text.replace("'", "''") + "'"


def scaled(field: str, factor: str) -> str:
    """A number in another unit; what does not read as a number stays as it is."""
    return f"coalesce(cast(try_cast({field} as double) * {factor} as varchar), {field})"


def unix(field: str, factor: int) -> str:
    """A time as seconds since 1970, times `factor`; what does not read as a time stays as it is."""
    count = f"epoch_us(try_cast({field} as timestamp)) * {factor} // 1000000"
    return f"coalesce(cast({count} as varchar), {field})"


def renamed(field: str, words: dict[str, str]) -> str:
    """A field with other words for some of its values."""
    cases = " ".join(f"when '{ours}' then {literal(theirs)}" for theirs, ours in words.items())
    return f"case {field} {cases} else {field} end"


PLATFORMS = {"iPhone's": "ios", "droid": "android"}
KINDS = {"pool": "carpool", "solo": "standard"}
RATED = {"chauffeur": "driver", "client": "rider"}
TYPES = {
    "ride_completion": "ride_done",
    "carpool_ride_request": "ride_requested",
    "carpool_ride_match_success": "it's a match",
    "carpool_ride_match_failure": "match_failed",
    "ride_cancellation": "ride_cancelled",
    "carpool_leg_details": "leg_details",
    "ride_rating_submitted": "ride_rated",
    "support_ticket_created": "support_ticket",
    "user_first_ride": "first_ride",
}
# Column of the log, by expression over the event as the world has it.
LOG: dict[str, dict[str, str]] = {
    "every_event": {
        "series": "event_id[1:2]",
        '"user\'s ""no"""': "event_id[3:]",
        "ts": unix("event_at", 1000),
        "Arrived": "coalesce(strftime(try_cast(received_at as timestamp), '%d.%m.%Y %H:%M:%S'),"
        " received_at)",
        "uid": "user_id",
        "os": renamed("platform", PLATFORMS),
        "app": "app_version",
        "origin": "country",
        "position": "'front'",
    },
    "ride_completion": {
        "ride": "ride_id",
        "kind": renamed("ride_type", KINDS),
        "driver": "driver_id",
        "request": "request_id",
        "town": "city",
        "fare": scaled("fare_usd", "100"),
        "theirs": scaled("fare_usd_driver_share", "100"),
        "ours": "fare_usd_platform_share",
        "way": scaled("distance_km", "1000"),
        "took": scaled("duration_seconds", "1 / 60"),
        "riders": "carpool_rider_count",
    },
    "carpool_ride_request": {
        "request": "request_id",
        "from_to": "concat_ws(' ', origin_lat, origin_lon, destination_lat, destination_lon)",
    },
    "carpool_ride_match_success": {
        "request": "request_id",
        "driver": "driver_id",
        "with": "matched_user_ids_list",
        "eta_ms": scaled("initial_eta_seconds", "1000"),
    },
    "carpool_ride_match_failure": {"request": "request_id", "why": "reason_code"},
    "ride_cancellation": {
        "ride": "ride_id",
        "request": "request_id",
        "stage": "stage_of_cancellation",
        "why": "reason_code",
        "kind": renamed("ride_type", KINDS),
    },
    "carpool_leg_details": {
        "ride": "ride_id",
        "who": "leg_user_id",
        "got_in": unix("leg_pickup_timestamp", 1),
        "got_out": unix("leg_dropoff_timestamp", 1),
        "detour": "leg_intended_detour_seconds",
    },
    "ride_rating_submitted": {
        "ride": "ride_id",
        "whom": "rated_entity_id",
        "rated": renamed("rated_entity_type", RATED),
        "stars": "rating_score",
        "kind": renamed("ride_type", KINDS),
    },
    "support_ticket_created": {
        "ride": "ride_id",
        "topic": "issue_category",
        "kind": renamed("ride_type", KINDS),
    },
    "user_first_ride": {"ride": "ride_id", "kind": renamed("ride_type", KINDS)},
}
MAPPING: dict[str, Any] = {
    "every_event": {
        "from": "app_log",
        "fields": {
            "event_id": {"columns": ["series", 'user\'s "no"']},
            "event_at": {"column": "ts", "unit": "unix_milliseconds"},
            "received_at": {"column": "arrived", "format": "%d.%m.%Y %H:%M:%S"},
            "user_id": "uid",
            "platform": {"column": "os", "values": PLATFORMS},
            "app_version": "app",
            "country": "origin",
            "ride_id": "ride",
            "ride_type": {"column": "kind", "values": KINDS},
            "driver_id": "driver",
            "request_id": "request",
            "reason_code": "why",
        },
    },
    "ride_completion": {
        "where": {"type": "ride_done"},
        "fields": {
            "city": "town",
            "fare_usd": {"column": "fare", "unit": "cents"},
            "fare_usd_driver_share": {"column": "theirs", "unit": "cents"},
            "fare_usd_platform_share": "ours",
            "distance_km": {"column": "way", "unit": "meters"},
            "duration_seconds": {"column": "took", "unit": "minutes"},
            "carpool_rider_count": "riders",
        },
    },
    "carpool_ride_request": {
        "where": {"type": ["ride_requested", "asked again"]},
        "fields": {
            field: {"sql": f"split_part(from_to, ' ', {place})"}
            for place, field in enumerate(
                ("origin_lat", "origin_lon", "destination_lat", "destination_lon"), start=1
            )
        },
    },
    "carpool_ride_match_success": {
        "where": {"type": "it's a match"},
        "fields": {
            "matched_user_ids_list": "with",
            "initial_eta_seconds": {"column": "eta_ms", "unit": "milliseconds"},
        },
    },
    "carpool_ride_match_failure": {"where": {"type": "match_failed"}},
    "ride_cancellation": {
        "where": {"type": "ride_cancelled"},
        "fields": {"stage_of_cancellation": "stage"},
    },
    "carpool_leg_details": {
        "where": {"type": "leg_details"},
        "fields": {
            "leg_user_id": "who",
            "leg_pickup_timestamp": {"column": "got_in", "unit": "unix_seconds"},
            "leg_dropoff_timestamp": {"column": "got_out", "unit": "unix_seconds"},
            "leg_intended_detour_seconds": "detour",
        },
    },
    "ride_rating_submitted": {
        "where": {"type": "ride_rated"},
        "fields": {
            "rated_entity_id": "whom",
            "rated_entity_type": {"column": "rated", "values": RATED},
            "rating_score": "stars",
            "feedback_tags_list": None,
        },
    },
    "support_ticket_created": {
        "where": {"type": "support_ticket"},
        "fields": {"issue_category": "topic"},
    },
    "user_first_ride": {"where": {"type": "first_ride"}},
}


def log_query(world: Path, events: tuple[str, ...] = tuple(TYPES)) -> str:
    """All rows of the log, in an order of its own; `world` has a CSV file for each event."""
    selects = []
    for event in events:
        columns = LOG["every_event"] | {"type": literal(TYPES[event])}
        columns |= LOG[event]
        expressions = ", ".join(f"{expression} as {name}" for name, expression in columns.items())
        file = world / "ride_sharing" / f"{event}.csv"
        selects.append(f"select {expressions} from read_csv('{file}', all_varchar = true)")
    return f"select * from ({' union all by name '.join(selects)}) order by hash(series, ts, uid)"


def write_log(world: Path, file: Path) -> Path:
    """Write the log as one CSV or Parquet file, as its ending says; returns its folder."""
    file.parent.mkdir(parents=True, exist_ok=True)
    duckdb.execute(f"copy ({log_query(world)}) to '{file}'")
    return file.parent
