"""The measures of macros/measures, a second time: by Polars, SciPy, statsmodels and NumPy."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from math import comb
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
from numpy.typing import NDArray
from scipy import special, stats
from statsmodels.duration.survfunc import SurvfuncRight

from scripts.experiments.oracles import Agreement, Case, column, pick
from scripts.experiments.queries import Row, Run
from scripts.experiments.shapes import Array

IDLE_SECONDS = 1_800
STEPS: list[str | dict[str, Any]] = [
    "started",
    {"name": "edited", "optional": True},
    "sent",
    {"name": "confirmed", "optional": True},
    "shared",
]
NAMES = [step if isinstance(step, str) else str(step["name"]) for step in STEPS]
WINDOW_SECONDS = 3_600
AS_OF = pd.Timestamp("2026-03-01 12:00:00")
OUTCOMES = ("completed", "failed", "pending", "left")
DRAWS = 20
RADIUS_KM = 60
LEVELS = {"p50": 0.5, "p90": 0.9, "p99": 0.99}
PERIODS = range(5, 20)
WITHIN = 14
TRAILING_DAYS = 7
TIERS = ("casual", "core", "power")

_FLOWS = f"""funnel_flows(
    'events', {STEPS}, {WINDOW_SECONDS}, "timestamp '{AS_OF}'",
    failures=['crashed', 'refused'], by=draws + ['platform'],
)"""
_CURVE = "curve as ({{ survival('lives', 'lasted', 'has_ended', by=draws + ['plan']) }})"
QUERIES = {
    "sessionized": f"""select * from ({{{{ sessionized(
        'events', draws + ['actor'], 'happened_at', {IDLE_SECONDS},
    ) }}}}) order by event_number""",
    "spells": """select * from ({{ spells('days', draws + ['actor', 'kind'], 'day', 3) }})
        order by actor, kind, started_on""",
    "funnel_flows": f"select * from ({{{{ {_FLOWS} }}}}) order by flow_id",
    "funnel_steps": f"""with flows as ({{{{ {_FLOWS} }}}})
        select * from ({{{{ funnel_steps('flows', {STEPS}, by=draws + ['platform']) }}}})
        order by platform, step_number""",
    "transitions": """select * from ({{ transitions(
        'states', draws + ['session'], 'state', ['position'], by=draws + ['platform'],
    ) }}) order by platform, from_state, to_state""",
    "growth_accounting": """select * from ({{ growth_accounting(
        'activity', 'periods', 'person', by=draws,
    ) }}) order by period""",
    "growth_accounting by country": """select * from ({{ growth_accounting(
        'activity', 'periods', 'person', by=draws + ['country'],
    ) }}) order by country is not null, country, period""",
    "active_days_histogram": """
        with unit_days as ({{ active_days(
            'activity', 'periods', 'person', 'day', by=draws,
        ) }})
        select * from ({{ active_days_histogram('unit_days', 'periods', by=draws) }})
        order by period, active_days""",
    "active_days_histogram by country": """
        with unit_days as ({{ active_days(
            'activity', 'periods', 'person', 'day', by=draws + ['country'],
        ) }})
        select * from ({{ active_days_histogram('unit_days', 'periods', by=draws + ['country']) }})
        order by country is not null, country, period, active_days""",
    "trailing_active_days": f"""
        with unit_days as (
            select distinct {{{{ (draws + ['person']) | join(', ') }}}}, cast(day as date) as day
            from activity
        )
        select * from ({{{{ trailing_active_days(
            'unit_days', draws + ['person'], 'day', 'calendar', {TRAILING_DAYS},
        ) }}}}) order by person, seen_from""",
    "tier_flows": """select * from ({{ tier_flows('unit_tiers', 'periods', 'person', by=draws) }})
        order by period, from_tier, to_tier""",
    "tier_flows by country": """select * from ({{ tier_flows(
        'unit_tiers', 'periods', 'person', by=draws + ['country'],
    ) }}) order by country is not null, country, period, from_tier, to_tier""",
    "diversity": f"""select * from ({{{{ diversity(
        'items', 'item', 'weight', draws + ['reader'], {DRAWS},
    ) }}}}) order by reader""",
    "entropy_between": "{{ entropy_between('items', 'item', ['reader'], 'weight') }}",
    "log_factorial": "select {{ log_factorial('n') }} as log_factorial from points order by n",
    "survival": f"with {_CURVE} select * from curve order by plan, duration",
    "survival_quantiles": f"""with {_CURVE}
        select * from ({{{{ survival_quantiles('curve', {LEVELS}, by=draws + ['plan']) }}}})
        order by plan""",
    "survival_restricted_mean": f"""with {_CURVE}
        select * from ({{{{ survival_restricted_mean('curve', {WITHIN}, by=draws + ['plan']) }}}})
        order by plan""",
    "percentiles_with_failures": f"""select * from ({{{{ percentiles_with_failures(
        'attempts', 'seconds', "outcome = 'failed'", {LEVELS}, by=draws + ['service'],
    ) }}}}) order by service""",
    "distance_km": """
        select pairs.*, {{ distance_km('from_lat', 'from_lon', 'to_lat', 'to_lon') }} as distance_km
        from pairs order by number""",
    "nearest_place": f"""select * from ({{{{ nearest_place(
        'points', 'cities', ['number'], 'city', {RADIUS_KM},
    ) }}}}) order by number""",
}

_START = np.datetime64("2026-03-01T00:00:00", "us")


def _codes(values: Any, names: tuple[str, ...] | list[str]) -> Array:
    """Texts as the places that they have in a list; null is not a number."""
    places = {name: float(place) for place, name in enumerate(names)}
    return np.array([places.get(value, np.nan) for value in values])


def _seconds(values: Any) -> Array:
    """Times as seconds since the start of the drawn data; null is not a number."""
    since = pd.to_datetime(pd.Series(list(values))) - _START
    return np.asarray(since.dt.total_seconds(), dtype=float)


def _days(values: Any) -> Array:
    return _seconds(values) / 86_400


def draw_events(seed: int, count: int = 400) -> pl.DataFrame:
    """Events of some actors, many at the same time and many exactly at the greatest gap."""
    random = np.random.default_rng(seed)
    gaps = random.choice([0, 60, IDLE_SECONDS, IDLE_SECONDS + 1, 90_000], count)
    return pl.DataFrame(
        {
            "event_number": np.arange(count),
            "actor": random.choice(["ada", "bob", "cyd"], count),
            "happened_at": _START + np.cumsum(gaps).astype("timedelta64[s]"),
        }
    ).sample(fraction=1, shuffle=True, seed=seed)


def sessions_of_polars(count: int, run: Run, seed: int) -> Agreement:
    """The session of each event."""
    events = draw_events(seed, count)
    gap = pl.col("happened_at").diff().dt.total_seconds()
    expected = (
        events.sort("actor", "happened_at")
        .with_columns(
            (gap.fill_null(0) > IDLE_SECONDS).cast(int).cum_sum().over("actor").alias("session")
        )
        .sort("event_number")
    )
    rows = run("sessionized", events=events.to_pandas())
    return Agreement(
        {"session": column(rows, "session_number")},
        {"session": expected["session"].to_numpy() + 1.0},
    )


def spells_of_polars(count: int, run: Run, seed: int) -> Agreement:
    """First and last day of each spell, and the days in it."""
    random = np.random.default_rng(seed)
    days = pl.DataFrame(
        {
            "actor": random.choice(["ada", "bob"], count),
            "kind": random.choice(["home", "work"], count),
            "day": _START.astype("datetime64[D]") + random.integers(0, 120, count),
        }
    ).with_columns(pl.col("day").cast(pl.Date))
    keys = ["actor", "kind"]
    expected = (
        days.unique()
        .sort(*keys, "day")
        .with_columns(
            (pl.col("day").diff().dt.total_days().fill_null(0) > 3)
            .cast(int)
            .cum_sum()
            .over(keys)
            .alias("spell")
        )
        .group_by(*keys, "spell")
        .agg(
            pl.col("day").min().alias("first"),
            pl.col("day").max().alias("last"),
            pl.len().alias("present"),
        )
        .sort(*keys, "first")
    )
    rows = run("spells", days=days.to_pandas())
    first, last = _days(expected["first"].to_list()), _days(expected["last"].to_list())
    return Agreement(
        {
            "started_on": _days(row["started_on"] for row in rows),
            "ended_on": _days(row["ended_on"] for row in rows),
            "days_present": column(rows, "days_present"),
            "days": column(rows, "days"),
        },
        {
            "started_on": first,
            "ended_on": last,
            "days_present": expected["present"].to_numpy().astype(float),
            "days": last - first + 1,
        },
    )


def draw_funnel_events(seed: int, flows: int) -> pd.DataFrame:
    """Events of flows in any order, some before the first step and some after the window."""
    random = np.random.default_rng(seed)
    count = flows * 7
    flow = random.integers(0, flows, count)
    began = random.integers(0, 14 * 3_600, flows)[flow]
    seconds = began + random.choice([0, 60, 600, WINDOW_SECONDS, WINDOW_SECONDS + 1], count)
    chances = np.array([4, 2, 3, 2, 2, 0.4, 0.4])
    return pd.DataFrame(
        {
            "flow_id": [f"{seed} {number:04}" for number in flow],
            "platform": np.where(flow % 3 == 0, "web", "ios"),
            "step": random.choice([*NAMES, "crashed", "refused"], count, p=chances / chances.sum()),
            "happened_at": _START + seconds.astype("timedelta64[s]"),
        }
    )


def walk(events: pd.DataFrame) -> Row | None:
    """What became of one flow, step by step; none of a flow without a first step."""
    times = {step: sorted(rows["happened_at"]) for step, rows in events.groupby("step")}
    if NAMES[0] not in times:
        return None
    start = times[NAMES[0]][0]
    end = start + pd.Timedelta(seconds=WINDOW_SECONDS)

    def first(step: str, since: pd.Timestamp, until: pd.Timestamp) -> pd.Timestamp | None:
        return next((at for at in times.get(step, []) if since <= at <= until), None)

    reached: dict[str, pd.Timestamp | None] = {"started": start}
    reached["sent"] = first("sent", start, end)
    reached["shared"] = first("shared", reached["sent"], end) if reached["sent"] else None
    reached["edited"] = first("edited", start, reached["sent"] or end)
    confirmed_by = reached["shared"] or end
    reached["confirmed"] = (
        first("confirmed", reached["sent"], confirmed_by) if reached["sent"] else None
    )
    last = [name for name in NAMES if reached[name] is not None][-1]
    since = reached[last]
    assert since is not None
    if last == NAMES[-1]:
        outcome = "completed"
    elif any(first(failure, since, end) is not None for failure in ("crashed", "refused")):
        outcome = "failed"
    else:
        outcome = "pending" if end > AS_OF else "left"
    return {
        "reached": reached,
        "last_step": last,
        "outcome": outcome,
        "platform": events["platform"].iloc[0],
    }


def flows_by_hand(flows: int, run: Run, seed: int) -> Agreement:
    """Each flow walked through, one event after the other."""
    events = draw_funnel_events(seed, flows)
    walked = [found for _, rows in events.groupby("flow_id") if (found := walk(rows))]
    rows = run("funnel_flows", events=events)
    found = {name: _seconds(row[f"reached_{name}"] for row in rows) for name in NAMES}
    expected = {name: _seconds(one["reached"][name] for one in walked) for name in NAMES}
    for part, names in (("last_step", NAMES), ("outcome", list(OUTCOMES))):
        found[part] = _codes((row[part] for row in rows), names)
        expected[part] = _codes((one[part] for one in walked), names)
    return Agreement(found, expected)


def steps_by_hand(flows: int, run: Run, seed: int) -> Agreement:
    """Flows counted at each step; what became of those that reached it adds up."""
    events = draw_funnel_events(seed, flows)
    walked = [found for _, rows in events.groupby("flow_id") if (found := walk(rows))]
    rows = run("funnel_steps", events=events)
    names = (
        "entrants",
        "went_on",
        "completed",
        "failed",
        "pending",
        "quit",
        "from_start",
        "from_previous",
    )
    expected = []
    for platform in sorted({one["platform"] for one in walked}):
        own = [one for one in walked if one["platform"] == platform]
        before = len(own)
        for step, name in zip(STEPS, NAMES, strict=True):
            reached = [one for one in own if one["reached"][name] is not None]
            here = [one["outcome"] for one in reached if one["last_step"] == name]
            became = [len(reached) - len(here), *(here.count(outcome) for outcome in OUTCOMES)]
            assert sum(became) == len(reached)
            expected.append(
                [
                    len(reached),
                    *became,
                    len(reached) / len(own),
                    len(reached) / before if before else np.nan,
                ]
            )
            before = len(reached) if isinstance(step, str) else before
    columns = np.array(expected, dtype=float).reshape(-1, len(names)).T
    return Agreement(
        {name: column(rows, name) for name in names}, dict(zip(names, columns, strict=True))
    )


def transitions_of_polars(count: int, run: Run, seed: int) -> Agreement:
    """Moves between states, with the start and the end; as many into a state as out of it."""
    random = np.random.default_rng(seed)
    session = random.integers(0, max(1, count // 6), count)
    states = pl.DataFrame(
        {
            "session": session,
            "platform": np.where(session % 2 == 0, "ios", "web"),
            "state": random.choice(["feed", "reels", "search"], count, p=[0.6, 0.3, 0.1]),
            "position": random.permutation(count),
        }
    )
    keys = ["platform", "from_state", "to_state"]
    in_session = states.sort("session", "position").with_columns(
        pl.col("state").rle_id().over("session").alias("run")
    )
    folded = in_session.unique(["session", "run"], keep="first", maintain_order=True)
    before = pl.col("state").shift().over("session").fill_null("start").alias("from_state")
    moves = folded.with_columns(before, pl.col("state").alias("to_state")).select(keys)
    ends = folded.group_by("session").agg(
        pl.col("platform").last(), pl.col("state").last().alias("from_state")
    )
    ends = ends.with_columns(pl.lit("end").alias("to_state")).select(keys)
    expected = pl.concat([moves, ends]).group_by(keys).len().sort(keys)
    rows = run("transitions", states=states.to_pandas())
    assert [tuple(row[key] for key in keys) for row in rows] == expected.select(keys).rows()
    for state in ("feed", "reels", "search"):
        into, out_of = (
            sum(row["transitions"] for row in rows if row[way] == state)
            for way in ("to_state", "from_state")
        )
        assert into == out_of
    return Agreement(
        {"transitions": column(rows, "transitions")},
        {"transitions": expected["len"].to_numpy().astype(float)},
    )


def draw_activity(seed: int, count: int) -> pd.DataFrame:
    """Activity of people in periods, some outside the ones that are asked for."""
    random = np.random.default_rng(seed)
    person = 1_000 * seed + random.integers(0, max(1, count // 5), count)
    return pd.DataFrame(
        {
            "person": person,
            "country": country_of(person),
            "period": random.integers(PERIODS.start - 2, PERIODS.stop + 2, count),
        }
    ).query("period != 11")  # A period in which nobody is active.


def country_of(person: NDArray[np.int64]) -> NDArray[np.object_]:
    """The country of each person; of some it is unknown."""
    return np.array(["PT", "ES", "ES", None], dtype=object)[person % 4]


def accounts_by_sets(activity: pd.DataFrame) -> list[Row]:
    """The accounts of every period, from sets of people."""
    seen: set[int] = set()
    before: set[int] = set()
    accounts = []
    for period in PERIODS:
        now = set(activity.loc[activity["period"] == period, "person"])
        churned = before - now
        new = now - seen
        resurrected = now - new - before
        accounts.append(
            {
                "active": len(now),
                "new_units": len(new),
                "retained": len(now & before),
                "resurrected": len(resurrected),
                "churned": len(churned),
                "dormant": len(seen - now - before),
                "quick_ratio": (len(new) + len(resurrected)) / len(churned) if churned else np.nan,
            }
        )
        seen |= now
        before = now
    return accounts


def growth_by_sets(by: bool, count: int, run: Run, seed: int) -> Agreement:
    """The accounts of all people, or of each country."""
    activity = draw_activity(seed, count)
    inside = activity[activity["period"].isin(PERIODS)]
    parts = [own for _, own in inside.fillna("").groupby("country")] if by else [inside]
    expected = [account for own in parts for account in accounts_by_sets(own)]
    name = "growth_accounting by country" if by else "growth_accounting"
    rows = run(name, activity=activity, periods={"period": list(PERIODS)})
    names = ("active", "new_units", "retained", "resurrected", "churned", "dormant", "quick_ratio")
    return Agreement(
        {one: column(rows, one) for one in names},
        {one: np.array([account[one] for account in expected], dtype=float) for one in names},
    )


def period_days(shape: str) -> pd.DataFrame:
    """First and last day of periods: weeks, months, or the seven days up to each day."""
    lengths = {"months": [31, 28, 31]}.get(shape, [7] * 12)
    firsts = range(20) if shape == "trailing" else np.cumsum([0, *lengths[:-1]])
    first = _START.astype("datetime64[D]") + np.asarray(firsts)
    last = first + (7 if shape == "trailing" else np.array(lengths)) - 1
    return pd.DataFrame(
        {
            "period": range(len(first)),
            "first_day": pd.Series(first).dt.date,
            "last_day": pd.Series(last).dt.date,
        }
    )


def draw_days(seed: int, shape: str) -> pd.DataFrame:
    """Days on which people were active, some twice, and some before or after all periods."""
    random = np.random.default_rng(seed)
    count = {"empty": 0, "one row": 1}.get(shape, 800)
    person = random.integers(0, 40, count)
    day = random.integers(-9, 99, count)
    if shape == "all equal":
        people = 5 + seed % 7
        person, day = np.repeat(np.arange(people), 99), np.tile(np.arange(99), people)
    # Nobody is active in the third week.
    is_kept = (day < 14) | (day > 20)
    person, day = person[is_kept], day[is_kept]
    dates = pd.Series(_START.astype("datetime64[D]") + day)
    return pd.DataFrame({"person": person, "country": country_of(person), "day": dates.dt.date})


def histogram_of_polars(by: bool, shape: str, run: Run, seed: int) -> Agreement:
    """Units on exactly so many days of each period; their shares, and the mean of active days."""
    activity, periods = draw_days(seed, shape), period_days(shape)
    keys = ["country", "period"] if by else ["period"]
    everyone = pl.from_pandas(activity, schema_overrides={"country": pl.String}).with_columns(
        pl.col("country").fill_null(""), pl.col("day").cast(pl.Date)
    )
    spans = pl.from_pandas(periods)
    inside = (
        everyone.unique()
        .join(spans, how="cross")
        .filter(pl.col("day").is_between("first_day", "last_day"))
    )
    counts = (
        inside.group_by(*keys, "person")
        .agg(pl.len().alias("active_days"))
        .group_by(*keys, "active_days")
        .agg(pl.len().alias("units"))
    )
    grid = spans.select(
        "period",
        pl.int_ranges(1, (pl.col("last_day") - pl.col("first_day")).dt.total_days() + 2)
        .cast(pl.List(pl.UInt32))
        .alias("active_days"),
    ).explode("active_days")
    if by:
        grid = inside.select("country").unique().join(grid, how="cross")
    expected = (
        grid.join(counts, on=[*keys, "active_days"], how="left")
        .with_columns(pl.col("units").fill_null(0))
        .with_columns(pl.col("units").sum().over(keys).alias("active_units"))
        .with_columns((pl.col("units") / pl.col("active_units")).alias("share"))
        .sort(*keys, "active_days")
    )
    name = "active_days_histogram by country" if by else "active_days_histogram"
    rows = run(name, activity=activity, periods=periods)
    names = ("period", "active_days", "units", "active_units", "share")
    found = {one: column(rows, one) for one in names}
    # Each day of a unit is in one number: together they are the sum of daily active units.
    unit_days = float((found["active_days"] * found["units"]).sum())
    return Agreement(
        found | {"unit_days": unit_days},
        {one: expected[one].cast(pl.Float64).to_numpy() for one in names}
        | {"unit_days": inside.height},
    )


def trailing_days_of_polars(shape: str, run: Run, seed: int) -> Agreement:
    """Active days of each person in the seven days up to each day, from the seventh day on."""
    activity = draw_days(seed, shape)
    calendar = pd.DataFrame({"date_day": period_days("weeks")["first_day"]})
    days = (
        pl.from_pandas(activity[["person", "day"]])
        .unique()
        .with_columns(pl.col("day").cast(pl.Date))
    )
    expected = (
        days.join(pl.DataFrame({"age": range(TRAILING_DAYS)}), how="cross")
        .with_columns((pl.col("day") + pl.duration(days=pl.col("age"))).alias("seen_from"))
        .filter(pl.col("seen_from") >= _START.astype(object).date() + timedelta(TRAILING_DAYS - 1))
        .group_by("person", "seen_from")
        .agg(pl.len().alias("active_days"))
        .sort("person", "seen_from")
    )
    rows = run("trailing_active_days", activity=activity, calendar=calendar)
    return Agreement(
        {
            "person": column(rows, "person"),
            "seen_from": _days([row["seen_from"] for row in rows]),
            "active_days": column(rows, "active_days"),
        },
        {
            "person": expected["person"].cast(pl.Float64).to_numpy(),
            "seen_from": _days(expected["seen_from"].to_list()),
            "active_days": expected["active_days"].cast(pl.Float64).to_numpy(),
        },
    )


def draw_tiers(seed: int, shape: str) -> pd.DataFrame:
    """The tier of each person in each period with activity."""
    random = np.random.default_rng(seed)
    active = draw_activity(seed, {"empty": 0, "one row": 1}.get(shape, 400))
    tiers = active.drop_duplicates(["person", "period"])
    names = TIERS[:1] if shape == "one tier" else TIERS
    return tiers.assign(tier=random.choice(names, len(tiers)).astype(object))


def flows_of_polars(by: bool, shape: str, run: Run, seed: int) -> Agreement:
    """Who was where and is where now: each two periods joined, and all of both sides counted."""
    drawn = draw_tiers(seed, shape)
    tiers = pl.from_pandas(
        drawn, schema_overrides={"country": pl.String, "tier": pl.String}
    ).with_columns(pl.col("country").fill_null(""))
    people = ["person", "country"]
    before = tiers.clear().select(*people, pl.col("tier").alias("from_tier"))
    moves = []
    for period in PERIODS:
        now = tiers.filter(pl.col("period") == period).select(*people, to_tier="tier")
        both = before.join(now, on=people, how="full", coalesce=True).with_columns(
            pl.lit(period).alias("period"),
            pl.col("from_tier").fill_null("new"),
            pl.col("to_tier").fill_null("dormant"),
        )
        moves.append(both)
        before = both.select(*people, from_tier="to_tier")
    keys = ["country", "period"] if by else ["period"]
    sides = ["from_tier", "to_tier"]
    expected = (
        pl.concat(moves)
        .group_by(*keys, *sides)
        .agg(pl.len().cast(pl.Float64).alias("units"))
        .with_columns(
            (pl.col("units") / pl.col("units").sum().over(*keys, side)).alias(f"share_of_{place}")
            for side, place in zip(sides, ("from", "to"), strict=True)
        )
        .sort(*keys, *sides)
    )
    name = "tier_flows by country" if by else "tier_flows"
    rows = run(name, unit_tiers=drawn, periods={"period": list(PERIODS)})
    names = ("period", "units", "share_of_from", "share_of_to")
    states = ["new", "dormant", *TIERS]
    return Agreement(
        {one: column(rows, one) for one in names}
        | {side: _codes((row[side] for row in rows), states) for side in sides},
        {one: expected[one].cast(pl.Float64).to_numpy() for one in names}
        | {side: _codes(expected[side], states) for side in sides},
    )


def draw_items(seed: int, shape: str) -> pd.DataFrame:
    """What readers saw: items with weights, some of them zero."""
    random = np.random.default_rng(seed)
    count = {"empty": 0, "one row": 1, "many": 600}.get(shape, 120)
    items = pd.DataFrame(
        {
            "reader": random.choice(["ada", "bob", "cyd"], count),
            "item": [f"i{number}" for number in random.zipf(1.6, count) % 50],
            "weight": random.integers(0, 9, count) if shape != "one row" else [3],
        }
    )
    if shape == "all equal":
        items["item"], items["weight"] = "i1", 2
    return items


def diversity_of_scipy(shape: str, run: Run, seed: int) -> Agreement:
    """Effective numbers, entropy, evenness, and the expected distinct items of so many draws."""
    items = draw_items(seed, shape)
    rows = run("diversity", items=items)
    names = ("total", "distinct_items", "effective_items", "entropy", "evenness")
    expected = []
    for _, own in items.groupby("reader"):
        weights = own.groupby("item")["weight"].sum()
        weights = weights[weights > 0].to_numpy(dtype=float)
        if len(weights) == 0:
            continue
        shares = weights / weights.sum()
        entropy = stats.entropy(shares)
        evenness = entropy / np.log(len(shares)) if len(shares) > 1 else np.nan
        expected.append([weights.sum(), len(weights), 1 / (shares**2).sum(), entropy, evenness])
    columns = np.array(expected, dtype=float).reshape(-1, len(names)).T
    # The entropy of one item is zero up to rounding.
    return Agreement(
        {name: column(rows, name) for name in names},
        dict(zip(names, columns, strict=True)),
        zero=1e-14,
    )


def rarefied_by_fractions(run: Run, seed: int) -> Agreement:
    """Hurlbert's expectation from whole numbers, without any rounding."""
    items = draw_items(seed, "many")
    rows = run("diversity", items=items)
    expected = []
    for _, own in items.groupby("reader"):
        weights = [int(weight) for weight in own.groupby("item")["weight"].sum() if weight > 0]
        total = sum(weights)
        ways = comb(total, DRAWS)
        expected.append(sum((ways - comb(total - weight, DRAWS)) / ways for weight in weights))
    return Agreement({"rarefied": column(rows, "rarefied_items")}, {"rarefied": np.array(expected)})


def entropy_of_scipy(run: Run, seed: int) -> Agreement:
    """Entropy in all and within readers; what is between them is their mutual information."""
    items = draw_items(seed, "many")
    table = items.pivot_table(
        index="reader", columns="item", values="weight", aggfunc="sum", fill_value=0
    )
    joint = table.to_numpy(dtype=float) / table.to_numpy().sum()
    independent = np.outer(joint.sum(axis=1), joint.sum(axis=0))
    entropy = stats.entropy(joint.sum(axis=0))
    between = special.rel_entr(joint, independent).sum()
    expected = {"entropy": entropy, "within": entropy - between, "between_groups": between}
    (found,) = run("entropy_between", items=items)
    return Agreement(pick(found, expected), expected)


def log_factorials_of_scipy(run: Run, seed: int) -> Agreement:
    """From 2 on; ln(0!) and ln(1!) are zero up to rounding."""
    n = np.unique(
        np.concatenate([np.arange(2, 200), np.geomspace(200, 1e6, 300).astype(int)])
    ).astype(float)
    rows = run("log_factorial", points={"n": n})
    return Agreement({"log": column(rows, "log_factorial")}, {"log": special.gammaln(n + 1)})


def draw_lives(seed: int, shape: str) -> pd.DataFrame:
    """How long units lasted or were seen to last, with ties."""
    random = np.random.default_rng(seed)
    count = {"empty": 0, "one row": 1}.get(shape, 200)
    lives = pd.DataFrame(
        {
            "plan": random.choice(["basic", "premium"], count),
            "lasted": np.ceil(random.exponential(20, count)),
            "has_ended": random.random(count) < 0.6,
        }
    )
    if shape == "all censored":
        lives["has_ended"] = False
    elif shape == "all ended":
        lives["has_ended"] = True
    elif shape == "all equal":
        lives["lasted"] = 7.0
    return lives


def survival_of_statsmodels(shape: str, run: Run, seed: int) -> Agreement:
    """The curve and its error at the times of events, and who is at risk."""
    lives = draw_lives(seed, shape)
    rows = pd.DataFrame(run("survival", lives=lives))
    found: dict[str, Any] = {"rows": len(rows)}
    expected: dict[str, Any] = {"rows": len(lives.groupby(["plan", "lasted"]))}
    for plan, own in lives.groupby("plan"):
        if not own["has_ended"].any():
            # statsmodels has no curve without an event; everybody is still there.
            curve = rows[rows["plan"] == plan]
            found[f"{plan} survival"] = curve["survival"].to_numpy(dtype=float)
            expected[f"{plan} survival"] = np.ones(len(curve))
            continue
        oracle = SurvfuncRight(own["lasted"], own["has_ended"].astype(int))
        at_events = rows[(rows["plan"] == plan) & (rows["events"] > 0)]
        for name, values in (
            ("duration", oracle.surv_times),
            ("at_risk", oracle.n_risk),
            ("events", oracle.n_events),
            ("survival", oracle.surv_prob),
            ("standard_error", np.where(oracle.surv_prob > 0, oracle.surv_prob_se, np.nan)),
        ):
            found[f"{plan} {name}"] = at_events[name].to_numpy(dtype=float)
            expected[f"{plan} {name}"] = np.asarray(values, dtype=float)
    return Agreement(found, expected)


def survival_quantiles_of_statsmodels(shape: str, run: Run, seed: int) -> Agreement:
    """Quantiles; null where the curve ends above them."""
    lives = draw_lives(seed, shape)
    rows = run("survival_quantiles", lives=lives)
    expected: dict[str, list[float]] = {name: [] for name in LEVELS}
    for _, own in lives.groupby("plan"):
        times, survival = np.array([]), np.array([])
        if own["has_ended"].any():
            oracle = SurvfuncRight(own["lasted"], own["has_ended"].astype(int))
            times, survival = oracle.surv_times, oracle.surv_prob
        for name, level in LEVELS.items():
            # statsmodels' own quantile asks for less than 1 - level, and not for as little.
            reached = times[survival <= 1 - level + 1e-12]
            expected[name].append(reached[0] if len(reached) else np.nan)
    return Agreement(
        {name: column(rows, name) for name in LEVELS}, {k: np.array(v) for k, v in expected.items()}
    )


def restricted_means_of_statsmodels(shape: str, run: Run, seed: int) -> Agreement:
    """The area under the steps of the curve, up to a duration."""
    lives = draw_lives(seed, shape)
    rows = run("survival_restricted_mean", lives=lives)
    expected = []
    for _, own in lives.groupby("plan"):
        times, survival = np.array([]), np.array([])
        if own["has_ended"].any():
            oracle = SurvfuncRight(own["lasted"], own["has_ended"].astype(int))
            times, survival = oracle.surv_times, oracle.surv_prob
        edges = np.minimum(np.concatenate([[0.0], times, [WITHIN]]), WITHIN)
        levels = np.concatenate([[1.0], survival])
        expected.append(float(np.diff(edges) @ levels))
    return Agreement(
        {"mean": column(rows, "restricted_mean")}, {"mean": np.array(expected, dtype=float)}
    )


def percentiles_of_numpy(shape: str, run: Run, seed: int) -> Agreement:
    """Percentiles in which a failure takes infinitely long."""
    random = np.random.default_rng(seed)
    count = {"empty": 0, "one row": 1}.get(shape, 300)
    attempts = pd.DataFrame(
        {
            "service": random.choice(["feed", "upload"], count),
            "seconds": np.where(random.random(count) < 0.05, np.nan, random.exponential(2, count)),
            "outcome": random.choice(["done", "failed"], count, p=[0.93, 0.07]),
        }
    )
    if shape == "all failed":
        attempts["outcome"] = "failed"
    rows = run("percentiles_with_failures", attempts=attempts)
    expected: dict[str, list[float]] = {name: [] for name in (*LEVELS, "attempts", "failures")}
    for _, own in attempts.groupby("service"):
        taken = own["seconds"].mask(own["outcome"] == "failed").fillna(np.inf).to_numpy()
        for name, level in LEVELS.items():
            value = np.quantile(taken, level, method="inverted_cdf")
            expected[name].append(value if np.isfinite(value) else np.nan)
        expected["attempts"].append(len(taken))
        expected["failures"].append(int(np.isinf(taken).sum()))
    return Agreement(
        {k: column(rows, k) for k in expected}, {k: np.array(v, float) for k, v in expected.items()}
    )


def great_circle(from_lat: Array, from_lon: Array, to_lat: Array, to_lon: Array) -> Array:
    """Vincenty's formula on a sphere, which is exact from a point to its opposite."""
    first, second, across = np.radians(from_lat), np.radians(to_lat), np.radians(to_lon - from_lon)
    up = np.hypot(
        np.cos(second) * np.sin(across),
        np.cos(first) * np.sin(second) - np.sin(first) * np.cos(second) * np.cos(across),
    )
    down = np.sin(first) * np.sin(second) + np.cos(first) * np.cos(second) * np.cos(across)
    return np.asarray(6_371.0088 * np.arctan2(up, down))


def distances_of_numpy(shape: str, run: Run, seed: int) -> Agreement:
    """Points anywhere, a few metres apart, across the date line, and opposite to each other."""
    random = np.random.default_rng(seed)
    from_lat, from_lon = random.uniform(-89, 89, 500), random.uniform(-180, 180, 500)
    to_lat, to_lon = random.uniform(-89, 89, 500), random.uniform(-180, 180, 500)
    if shape == "near":
        to_lat, to_lon = (
            from_lat + random.normal(0, 1e-3, 500),
            from_lon + random.normal(0, 1e-3, 500),
        )
    elif shape == "across the date line":
        from_lon, to_lon = random.uniform(179, 180, 500), random.uniform(-180, -179, 500)
    elif shape == "opposite":
        to_lat, to_lon = -from_lat + random.normal(0, 1e-3, 500), from_lon + 180
    elif shape == "the same":
        to_lat, to_lon = from_lat, from_lon
    points = {"from_lat": from_lat, "from_lon": from_lon, "to_lat": to_lat, "to_lon": to_lon}
    rows = run("distance_km", pairs={"number": np.arange(500), **points})
    return Agreement({"km": column(rows, "distance_km")}, {"km": great_circle(**points)})


def nearest_of_numpy(run: Run, seed: int) -> Agreement:
    """The nearest of some cities within the radius, or none."""
    random = np.random.default_rng(seed)
    cities = pd.DataFrame(
        {
            "city": [f"c{number:02}" for number in range(30)],
            "latitude": random.uniform(-5, 70, 30),
            "longitude": random.uniform(-10, 30, 30),
        }
    )
    chosen = random.integers(0, 30, 400)
    points = pd.DataFrame(
        {
            "number": np.arange(400),
            "latitude": cities["latitude"].to_numpy()[chosen] + random.normal(0, 0.5, 400),
            "longitude": cities["longitude"].to_numpy()[chosen] + random.normal(0, 0.5, 400),
        }
    )
    points.loc[::50, "latitude"] = np.nan
    matrix = great_circle(
        points["latitude"].to_numpy()[:, None],
        points["longitude"].to_numpy()[:, None],
        cities["latitude"].to_numpy(),
        cities["longitude"].to_numpy(),
    )
    matrix = np.where(matrix <= RADIUS_KM, matrix, np.inf)
    is_near = np.isfinite(matrix.min(axis=1))
    rows = run("nearest_place", points=points.replace({np.nan: None}), cities=cities)
    return Agreement(
        {
            "city": _codes((row["place"] for row in rows), list(cities["city"])),
            "km": column(rows, "distance_km"),
        },
        {
            "city": np.where(is_near, matrix.argmin(axis=1), np.nan),
            "km": np.where(is_near, matrix.min(axis=1), np.nan),
        },
    )


def _shapes(
    check: Callable[[Any, Run, int], Agreement], *shapes: Any
) -> Iterator[tuple[str, Callable[[Run, int], Agreement]]]:
    """A check of each shape, with what the shape is called."""
    for shape in shapes:
        yield f"{shape} rows" if isinstance(shape, int) else str(shape), partial(check, shape)


def cases() -> Iterator[Case]:
    """The measures, over data of every shape."""
    exact = 1e-12
    growth_of_all, growth_of_countries = (
        partial(growth_by_sets, False),
        partial(growth_by_sets, True),
    )
    histogram, histogram_by, flows, flows_by = (
        partial(check, by)
        for check in (histogram_of_polars, flows_of_polars)
        for by in (False, True)
    )
    tiers = ("random", "one tier", "one row", "empty")
    spans = ("weeks", "months", "trailing", "all equal", "one row", "empty")
    lives = ("random", "empty", "one row", "all censored", "all ended", "all equal")
    places = ("anywhere", "near", "across the date line", "the same")
    for macro, library, bound, checks in (
        ("sessionized", "Polars", exact, _shapes(sessions_of_polars, 400, 1, 0)),
        ("spells", "Polars", exact, _shapes(spells_of_polars, 150, 1, 0)),
        ("funnel_flows", "by hand", exact, _shapes(flows_by_hand, 150, 1, 0)),
        ("funnel_steps", "by hand", exact, _shapes(steps_by_hand, 150, 0)),
        ("transitions", "Polars", exact, _shapes(transitions_of_polars, 300, 1, 0)),
        ("growth_accounting", "sets", exact, _shapes(growth_of_all, 400, 1, 0)),
        ("growth_accounting by country", "sets", exact, _shapes(growth_of_countries, 400, 0)),
        ("active_days_histogram", "Polars", exact, _shapes(histogram, *spans)),
        ("active_days_histogram by country", "Polars", exact, _shapes(histogram_by, *spans)),
        (
            "trailing_active_days",
            "Polars",
            exact,
            _shapes(trailing_days_of_polars, "random", "all equal", "one row", "empty"),
        ),
        ("tier_flows", "Polars", exact, _shapes(flows, *tiers)),
        ("tier_flows by country", "Polars", exact, _shapes(flows_by, *tiers)),
        (
            "diversity",
            "SciPy",
            exact,
            _shapes(diversity_of_scipy, "random", "one row", "all equal", "empty"),
        ),
        ("diversity, rarefied", "whole numbers", 1e-9, [("random", rarefied_by_fractions)]),
        ("entropy_between", "SciPy", 1e-11, [("random", entropy_of_scipy)]),
        ("log_factorial", "SciPy", 1e-9, [("2 to 1e6", log_factorials_of_scipy)]),
        ("survival", "statsmodels", exact, _shapes(survival_of_statsmodels, *lives)),
        (
            "survival_quantiles",
            "statsmodels",
            exact,
            _shapes(survival_quantiles_of_statsmodels, *lives),
        ),
        (
            "survival_restricted_mean",
            "statsmodels",
            exact,
            _shapes(restricted_means_of_statsmodels, *lives),
        ),
        (
            "percentiles_with_failures",
            "NumPy",
            exact,
            _shapes(percentiles_of_numpy, "random", "one row", "all failed", "empty"),
        ),
        ("distance_km", "NumPy", 1e-9, _shapes(distances_of_numpy, *places)),
        ("distance_km", "NumPy", 1e-6, _shapes(distances_of_numpy, "opposite")),
        ("nearest_place", "NumPy", 1e-9, [("random", nearest_of_numpy)]),
    ):
        for shape, check in checks:
            is_random = shape not in ("empty", "0 rows", "2 to 1e6")
            yield Case(macro, library, shape, check, bound, is_random)
