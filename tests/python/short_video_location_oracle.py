"""Where users of short video live, worked out anew in Polars from staged events.

No SQL is shared with the models: frames come from `select *` alone. Days are numbers, and a user's
life is walked through day by day, which the models, without recursion, never do.
"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

import polars as pl

Events = dict[str, pl.DataFrame]
Row = dict[str, object]
WEIGHTS = {
    "gps": 1.0,
    "geotag": 0.8,
    "wifi": 0.6,
    "cell": 0.4,
    "ip": 0.3,
    "business": 0.4,
    "search": 0.2,
    "profile": 0.5,
}
EARTH_KM, RADIUS_KM, HALF_LIFE = 6371.0088, 50, 10
UNKNOWN = "unknown"


@dataclass
class Stay:
    """A city that is held, from its first day on."""

    city: str
    since: date
    days_of_30: int
    confirmed_on: date | None = None
    methods: tuple[bool, bool, bool] = (False, False, False)


@dataclass
class Life:
    """What is known of a user: votes by day, the dominant city of each day, stays and words."""

    votes: dict[date, dict[tuple[str, str], int]] = field(default_factory=dict)
    dominant: dict[date, tuple[str, float | None, bool]] = field(default_factory=dict)
    stays: list[Stay] = field(default_factory=list)
    profile: list[tuple[date, str]] = field(default_factory=list)
    answers: list[tuple[date, str, str, date | None]] = field(default_factory=list)


@dataclass(frozen=True)
class Change:
    """A confirmed change of city."""

    user: str
    old_city: str
    new_city: str
    effective: date
    detected: date
    methods: tuple[bool, bool, bool]


def kilometres(north: float, east: float, city: Row) -> float:
    """The distance from a point to the centre of a city (haversine)."""
    to_north, to_east = float(str(city["latitude"])), float(str(city["longitude"]))
    half = math.sin(math.radians(to_north - north) / 2) ** 2
    half += (
        math.cos(math.radians(north))
        * math.cos(math.radians(to_north))
        * math.sin(math.radians(to_east - east) / 2) ** 2
    )
    return 2 * EARTH_KM * math.asin(math.sqrt(half))


def city_at(north: float, east: float, cities: dict[str, Row]) -> str:
    """The nearest city within the radius."""
    near = sorted((kilometres(north, east, city), name) for name, city in cities.items())
    return near[0][1] if near[0][0] <= RADIUS_KM else UNKNOWN


def networks_of(
    events: Events, seen: list[tuple[str, datetime, str]]
) -> list[tuple[str, datetime, str, str]]:
    """User, time, source and city of each change of network; phones beside it told which."""
    by_user = defaultdict(list)
    for user, at, city in seen:
        by_user[user].append((at, city))
    rows = [
        (
            row["user_id"],
            row["event_at"],
            "wifi" if row["wifi_ssid_hashed"] else "cell",
            row["wifi_ssid_hashed"] or row["cell_tower_id"],
        )
        for row in events["network_change"].iter_rows(named=True)
    ]
    beside = defaultdict(list)
    for user, at, source, network in rows:
        for other, city in by_user[user]:
            is_near = abs((other - at).total_seconds()) <= 3_600 and other.date() == at.date()
            if is_near and city != UNKNOWN:
                beside[source, network].append((at.date(), city))
    found = []
    for user, at, source, network in rows:
        counts: dict[str, int] = defaultdict(int)
        for day, city in beside[source, network]:
            counts[city] += timedelta(0) <= at.date() - day <= timedelta(30)
        best = sorted((-count, city) for city, count in counts.items() if count)
        found.append((user, at, source, best[0][1] if best else UNKNOWN))
    return found


def signals_of(
    events: Events, cities: dict[str, Row], prefixes: dict[str, Row]
) -> list[tuple[str, datetime, str, str, float]]:
    """User, time, source, city and accuracy in kilometres of each signal."""
    gps = [
        (row["user_id"], row["event_at"], city_at(row["lat"], row["lon"], cities), row)
        for row in events["app_session_start_with_gps"].iter_rows(named=True)
    ]
    found = [
        (user, at, "gps", city, (row["accuracy_meters"] or 0) / 1_000)
        for user, at, city, row in gps
    ]
    found += [
        (row["user_id"], row["event_at"], "geotag", city_at(row["lat"], row["lon"], cities), 0.0)
        for row in events["content_geotagged"].iter_rows(named=True)
    ]
    seen = [(user, at, city) for user, at, city, _ in gps]
    found += [(user, at, source, city, 0.0) for user, at, source, city in networks_of(events, seen)]
    for row in events["ip_address_seen"].iter_rows(named=True):
        place = prefixes.get(row["ip_address"].rpartition(".")[0] + ".")
        says = str(place["city"]) if place and place["line"] == "fixed" else UNKNOWN
        found.append((row["user_id"], row["event_at"], "ip", says, 0.0))
    for event, source, column in (
        ("local_search_query", "search", "inferred_query_location"),
        ("local_business_interaction", "business", "business_location"),
    ):
        found += [
            (row["user_id"], row["event_at"], source, row[column] or UNKNOWN, 0.0)
            for row in events[event].iter_rows(named=True)
        ]
    found += [
        (row["user_id"], row["event_at"], "profile", row["new_city"], 0.0)
        for row in events["user_profile_location_update"].iter_rows(named=True)
        if row["declared_via"] == "profile"
    ]
    return found


def _collect(events: Events, cities: dict[str, Row], prefixes: dict[str, Row]) -> dict[str, Life]:
    lives: dict[str, Life] = defaultdict(Life)
    for user, at, source, city, accuracy in signals_of(events, cities, prefixes):
        weight = 0
        if city != UNKNOWN:
            local = at + timedelta(hours=int(str(cities[city]["hours_ahead"])))
            is_home = local.hour < 7 or local.hour >= 22 or local.weekday() >= 5
            exact = 1e6 * WEIGHTS[source] / (1 + accuracy) * (2 if is_home else 1)
            weight = math.floor(exact + 0.5)
        votes = lives[user].votes.setdefault(at.date(), {})
        votes[city, source] = max(votes.get((city, source), 0), weight)
    for row in events["user_profile_location_update"].iter_rows(named=True):
        told = row["event_at"].date()
        if row["declared_via"] == "profile":
            lives[row["user_id"]].profile.append((told, row["new_city"]))
        else:
            since = row["lives_there_since"]
            answer = (told, row["old_city"], row["new_city"], since.date() if since else None)
            lives[row["user_id"]].answers.append(answer)
    return lives


def _dominant(life: Life, day: date) -> tuple[str, float | None, bool] | None:
    weights: dict[str, int] = defaultdict(int)
    has_gps = False
    for age in range(30):
        for (city, source), weight in life.votes.get(day - timedelta(age), {}).items():
            weights[city] += math.floor(weight * 0.5 ** (age / HALF_LIFE) + 0.5)
            has_gps |= source == "gps"
    if not weights:
        return None
    best, city = min((-weight, city) for city, weight in weights.items())
    if not best:
        return UNKNOWN, None, has_gps
    return city, -best / sum(weights.values()), has_gps


def _days_in(life: Life, city: str, day: date, window: int) -> int:
    days = (life.dominant.get(day - timedelta(age)) for age in range(window))
    return sum(found is not None and found[0] == city for found in days)


def _methods(life: Life, city: str, day: date) -> tuple[bool, bool, bool]:
    """Whether days, the profile, and local evidence confirm a city on a day."""
    told = any(where == city and day - timedelta(60) < when <= day for when, where in life.profile)
    near = [
        sum((city, source) in life.votes.get(day - timedelta(age), {}) for age in range(30))
        for source in ("search", "business")
    ]
    return _days_in(life, city, day, 60) >= 45, told, min(near) >= 3


def _live(life: Life, days: list[date]) -> None:
    """Walk through the days of a life: who is dominant, what is held, and what is confirmed."""
    for day in days:
        found = _dominant(life, day)
        if found is None:
            continue
        life.dominant[day] = found
        city = found[0]
        if city == UNKNOWN:
            continue
        recent = _days_in(life, city, day, 30)
        if recent >= 20 and (not life.stays or life.stays[-1].city != city):
            is_first = not life.stays
            life.stays.append(Stay(city, day, recent, day if is_first else None))
        stay = life.stays[-1] if life.stays else None
        if (
            stay is None
            or stay.city != city
            or stay.confirmed_on
            or day > stay.since + timedelta(60)
        ):
            continue
        methods = _methods(life, city, day)
        if any(methods):
            stay.confirmed_on, stay.methods = day, methods


def lives_of(
    events: Events, cities: pl.DataFrame, prefixes: pl.DataFrame, days: list[date]
) -> dict[str, Life]:
    """The life of each user over the days of the calendar."""
    by_name: dict[str, Row] = {row["city"]: row for row in cities.iter_rows(named=True)}
    by_prefix: dict[str, Row] = {row["prefix"]: row for row in prefixes.iter_rows(named=True)}
    lives = _collect(events, by_name, by_prefix)
    for life in lives.values():
        _live(life, days)
    return lives


def _effective(life: Life, old: str, stay: Stay) -> date:
    assert stay.confirmed_on is not None
    days = sorted(
        day for day in life.votes if stay.since - timedelta(60) <= day <= stay.confirmed_on
    )

    def weight(day: date, city: str) -> int:
        return sum(one for (where, _), one in life.votes[day].items() if where == city)

    def explained(split: date) -> int:
        return sum(weight(day, old if day < split else stay.city) for day in days)

    return min((-explained(day), day) for day in days if weight(day, stay.city))[1]


def moves_of(lives: dict[str, Life]) -> tuple[list[tuple[str, str, str, date]], list[Change]]:
    """Candidates (user, old and new city, day), and confirmed changes."""
    candidates, changes = [], []
    for user, life in lives.items():
        home = None
        for stay in life.stays:
            if home is not None and stay.city != home:
                candidates.append((user, home, stay.city, stay.since))
                if stay.confirmed_on:
                    when = _effective(life, home, stay)
                    changes.append(
                        Change(user, home, stay.city, when, stay.confirmed_on, stay.methods)
                    )
            if stay.confirmed_on:
                home = stay.city
    return candidates, changes


Parts = dict[tuple[str, str, date], tuple[float, float]]
"""Of each metric, statistic and day what is above and below."""


class _Sums:
    """Adds up what is above and below each statistic of each day."""

    def __init__(self) -> None:
        self.parts: Parts = {}

    def add(self, metric: str, day: date, **statistics: tuple[float, float]) -> None:
        for statistic, (above, below) in statistics.items():
            before = self.parts.get((metric, statistic, day), (0.0, 0.0))
            self.parts[metric, statistic, day] = before[0] + above, before[1] + below


def _add_days(sums: _Sums, lives: dict[str, Life], days: list[date]) -> None:
    for life in lives.values():
        known_before: tuple[date, str] | None = None
        for day in days:
            if day not in life.dominant:
                continue
            city, confidence, _ = life.dominant[day]
            sums.add("user_cdl_city", day, value=(1, 0))
            if confidence is None:
                continue
            sums.add("user_cdl_city", day, mean_confidence=(confidence, 1))
            has_switched = (
                known_before is not None
                and known_before[1] != city
                and day - known_before[0] <= timedelta(30)
            )
            known_before = day, city
            flags = {"value": (0, 1e-3), "switches": (float(has_switched), 1e-3)}
            sums.add("user_potential_move_flag", day, **flags)
            sums.add("user_significant_location_change", day, value=(0, 1e-3))
    for day in days:
        sums.add("user_cdl_city", day, value=(0, 1))


def _add_active(sums: _Sums, lives: dict[str, Life], events: Events) -> None:
    started = (
        events["user_session_start"]
        .group_by("user_id", "session_id")
        .agg(pl.col("event_at").min().dt.date().alias("day"))
    )
    active = started.join(
        events["user_active_session_start"].select("user_id", "session_id").unique(),
        on=["user_id", "session_id"],
    )
    for user, day in active.select("user_id", "day").unique().iter_rows():
        row = lives[user].dominant.get(day) if user in lives else None
        is_known = row is not None and row[0] != UNKNOWN
        sums.add("user_cdl_city", day, coverage=(row is not None, 1), known_share=(is_known, 1))


def _add_change(sums: _Sums, life: Life, change: Change, last: date) -> None:
    detected, until = change.detected, change.detected + timedelta(60)
    by_days, by_profile, by_local = (float(method) for method in change.methods)
    sums.add(
        "user_significant_location_change",
        detected,
        value=(1, 0),
        by_days=(by_days, 1),
        by_profile=(by_profile, 1),
        by_local_evidence=(by_local, 1),
    )
    latency = (detected - change.effective).days
    sums.add("move_detection_latency", detected, value=(latency, 1))
    returned = any(
        stay.city == change.old_city and detected < stay.since <= until for stay in life.stays
    )
    answers = [city for told, _, city, _ in life.answers if detected < told <= until]
    contradicted = any(city != change.new_city for city in answers)
    is_false = returned or contradicted
    sums.add("move_false_positive_rate", detected, of_all_detected=(is_false, 1))
    if until > last:
        return
    followed = any(
        city == change.new_city and detected < told <= until for told, city in life.profile
    )
    sums.add("move_detection_accuracy", detected, value=(followed, 1))
    sums.add("move_false_positive_rate", detected, value=(is_false, 1), returned=(returned, 1))
    if not by_profile:
        sums.add("move_detection_accuracy", detected, not_by_profile=(followed, 1))
    if answers:
        sums.add("move_detection_accuracy", detected, precision=(not contradicted, 1))
        sums.add("move_false_positive_rate", detected, contradicted=(contradicted, 1))


def _add_answers(sums: _Sums, lives: dict[str, Life], changes: list[Change], last: date) -> None:
    for user, life in lives.items():
        for _, _, city, since in life.answers:
            if since is None:
                continue
            delays = [
                (change.detected - since).days
                for change in changes
                if (change.user, change.new_city) == (user, city)
            ]
            delay = min((one for one in delays if -45 <= one <= 90), default=None)
            if since + timedelta(45) <= last:
                in_time = delay is not None and delay <= 45
                sums.add("move_detection_accuracy", since, recall=(in_time, 1))
            if since + timedelta(60) <= last:
                days = delay if delay is not None and delay <= 60 else None
                sums.add(
                    "move_detection_latency",
                    since,
                    within_30_days=(days is not None and days <= 30, 1),
                    within_60_days=(days is not None, 1),
                )
                if days is not None:
                    sums.add("move_detection_latency", since, from_true_start=(days, 1))


def parts_of(lives: dict[str, Life], events: Events, days: list[date]) -> Parts:
    """What is above and below each statistic of the six metrics, by day; the last day is open."""
    sums, last = _Sums(), days[-2]
    candidates, changes = moves_of(lives)
    _add_days(sums, lives, days)
    _add_active(sums, lives, events)
    confirmed = {(change.user, change.detected) for change in changes}
    for user, _, _, since in candidates:
        [stay] = [stay for stay in lives[user].stays if stay.since == since]
        sums.add(
            "user_potential_move_flag",
            since,
            value=(1, 0),
            consistency=(stay.days_of_30 / 30, 1),
            supported=((user, since) in confirmed, 1),
        )
        if since + timedelta(60) <= last:
            is_lost = stay.confirmed_on is None
            sums.add("move_false_positive_rate", since, of_candidates=(is_lost, 1))
    for change in changes:
        _add_change(sums, lives[change.user], change, last)
    _add_answers(sums, lives, changes, last)
    return sums.parts
