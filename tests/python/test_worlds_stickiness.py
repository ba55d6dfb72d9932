"""What is special about the stickiness worlds: sessions hang together, what is planted is there."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import cache

import duckdb
import pytest

from scripts.worlds.envelope import FIRST_DAY
from scripts.worlds.make import clean_tables
from scripts.worlds.registry import SCENARIOS
from scripts.worlds.scenario import Truth
from scripts.worlds.stickiness.population import populate
from scripts.worlds.stickiness.settings import WORLDS
from tests.python.worlds import clean, count, made, nothing, true_values

SCENARIO = SCENARIOS["stickiness"]

# Events in sessions, the active days of people, and where each person's first one is.
VIEWS = """
    create view events as
    select user_id, event_at, session_id from user_active_event
    union all select user_id, event_at, session_id from content_viewed
    union all select user_id, event_at, session_id from content_created
    union all select user_id, event_at, session_id from social_interaction
    union all select user_id, event_at, session_id from feature_used;

    create view active_days as
    select user_id, cast(event_at as date) as day, count(*) as sessions,
        any_value(country) as country
    from user_active_event group by all having count(*) < 30;

    create view users as
    select user_id, min(day) as first_day from active_days group by user_id;
"""


@cache
def world() -> duckdb.DuckDBPyConnection:
    """Give the committed world before its faults, with views on it."""
    connection = clean("stickiness")
    connection.execute(VIEWS)
    return connection


CONTRADICTIONS = {
    "a session that starts twice": """
        select session_id from session_start group by session_id having count(*) > 1""",
    "an event of a person in a session that has not started": """
        select * from events left join session_start as starts using (session_id, user_id)
        semi join active_days on active_days.user_id = events.user_id
        where starts.event_at is null or starts.event_at > events.event_at""",
    "a day on which somebody does something and is not active": """
        select * from events
        anti join user_active_event as active on active.user_id = events.user_id
            and cast(active.event_at as date) = cast(events.event_at as date)""",
    "something created twice": """
        select content_id from content_created group by content_id having count(*) > 1""",
    "a view that lasts longer than since the event before it": """
        select * from (
            select viewed.view_duration_ms, viewed.event_at, max(events.event_at) as before_at
            from content_viewed as viewed join events
                on events.user_id = viewed.user_id and events.event_at < viewed.event_at
            group by all
        ) where view_duration_ms > 1000 * (epoch(event_at) - epoch(before_at))""",
    "an app that is opened in a browser": "select * from app_open where platform = 'web'",
    "somebody who is told of before joining": """
        select * from app_open join users using (user_id)
        where cast(event_at as date) < first_day""",
    "a message or request to nobody, or a like to somebody": """
        select * from social_interaction
        where (interaction_type = 'like') <> (target_user_id is null)""",
    "half an hour without an event within one visit": """
        select * from (
            select event_at - lag(event_at) over (partition by user_id order by event_at) as gap
            from events
        ) where gap between interval 20 minute and interval 30 minute""",
}


@pytest.mark.parametrize("what", CONTRADICTIONS)
def test_the_clean_events_never_hold(what: str) -> None:
    found = world().execute(CONTRADICTIONS[what]).fetchmany(3)
    assert not found, what


# What happens, and how often at least.
HAPPENINGS = {
    "pushes that are swiped away": (
        200,
        """
        select * from app_open anti join active_days
            on active_days.user_id = app_open.user_id
            and active_days.day = cast(app_open.event_at as date)""",
    ),
    "starts of sessions in which nothing is done": (
        100,
        "select * from session_start anti join events using (session_id)",
    ),
    "sessions with the id of an earlier one": (
        30,
        """
        select session_id from events group by session_id
        having max(event_at) - min(event_at) > interval 1 hour and count(*) < 30""",
    ),
    "days of scripts": (
        4,
        """
        select user_id from user_active_event group by user_id, cast(event_at as date)
        having count(*) = 60 and count(distinct extract(second from event_at)) = 1""",
    ),
    "evenings that are another day by UTC": (
        300,
        """
        select * from user_active_event
        where cast(event_at + utc_offset_minutes * interval 1 minute as date)
            <> cast(event_at as date)""",
    ),
    "users who come back after 28 days": (
        15,
        """
        select * from active_days
        qualify day - lag(day) over (partition by user_id order by day) > 28""",
    ),
    "users who come once and never again": (
        10,
        "select user_id from active_days group by user_id having count(*) = 1",
    ),
    "users who come nearly daily": (
        5,
        """
        select user_id from active_days where day >= '2026-04-03' and day < '2026-05-01'
        group by user_id having count(*) >= 25""",
    ),
}


@pytest.mark.parametrize("what", HAPPENINGS)
def test_the_traps_that_the_metrics_must_avoid_do_occur(what: str) -> None:
    least, query = HAPPENINGS[what]
    assert count(world(), query) >= least, what


def test_fewer_come_on_the_holiday() -> None:
    [(holiday, before)] = (
        world()
        .execute(
            """
            select
                count(*) filter (where day between '2026-02-14' and '2026-02-17'),
                count(*) filter (where day between '2026-02-07' and '2026-02-10')
            from active_days"""
        )
        .fetchall()
    )
    assert holiday < 0.8 * before


def test_what_is_expected_of_the_worlds_lies_on_either_side_of_the_targets() -> None:
    healthy = true_values(made("stickiness"))
    missed = true_values(made("stickiness", "degraded"))
    over_15 = "active_days_distribution.over_15.of_the_last_month"
    assert missed[over_15] < 0.1 < 0.2 < healthy[over_15]
    tiers = "engagement_tiers.of_the_last_month"
    assert missed[tiers] < 0.3 < 0.5 < healthy[tiers]
    assert missed["features_used_per_user.week"] < 0.6 * healthy["features_used_per_user.week"]


# The parts of a ratio of sums for each user, added up over all complete periods.
DAYS = "select user_id, day, sessions from active_days where day < '2026-05-01'"
WEEKS = f"""
    select user_id, date_trunc('week', day) as week, count(*) as days, sum(sessions) as sessions
    from ({DAYS}) where day < '2026-04-27' group by all"""
FINDINGS = {
    "content_views_per_user": f"""
        select user_id, sum(sessions) as below, coalesce((
            select count(*) from content_viewed as viewed
            where viewed.user_id = days.user_id and viewed.event_at < '2026-05-01'
        ), 0) as above from ({DAYS}) as days group by user_id""",
    "creating_user_share": f"""
        select user_id, count(*) as below, count(*) filter (where exists (
            select 1 from content_created as made where made.user_id = days.user_id
                and cast(made.event_at as date) = days.day
        )) as above from ({DAYS}) as days group by user_id""",
    "social_user_share": f"""
        select user_id, count(*) as below, count(*) filter (where exists (
            select 1 from social_interaction as made where made.user_id = days.user_id
                and cast(made.event_at as date) = days.day
        )) as above from ({DAYS}) as days group by user_id""",
    "session_frequency_per_user.by_idle_time.week": f"""
        select user_id, 7 * count(*) as below, sum(sessions) as above
        from ({WEEKS}) group by user_id""",
    "features_used_per_user.week": f"""
        select user_id, count(*) as below, sum((
            select count(distinct feature_name) from feature_used as used
            where used.user_id = weeks.user_id and date_trunc('week', used.event_at) = weeks.week
        )) as above from ({WEEKS}) as weeks group by user_id""",
    "lness.of_whole_weeks": f"""
        select user_id, count(*) as below, sum(days) as above
        from ({WEEKS}) where week > '2026-01-05' group by user_id""",
    "rolling_window_retention.week": f"""
        select user_id, count(*) as below, count(*) filter (where exists (
            select 1 from ({WEEKS}) as later where later.user_id = weeks.user_id
                and later.week = weeks.week + interval 7 day
        )) as above from ({WEEKS}) as weeks where week < '2026-04-20' group by user_id""",
    **{
        f"day_n_retention.d{number}.cohort": f"""
            select user_id, 1 as below, cast(exists (
                select 1 from active_days where active_days.user_id = users.user_id
                    and active_days.day = users.first_day + {number}
            ) as integer) as above from users
            where date_trunc('week', first_day) + interval {6 + number} day < '2026-05-01'"""
        for number in (1, 7, 30)
    },
    "active_days_distribution.over_15.of_the_last_month": f"""
        select user_id, 1 as below, cast(count(*) > 15 as integer) as above
        from ({DAYS}) where day >= '2026-04-03' group by user_id""",
    "engagement_tiers.of_the_last_month": f"""
        select user_id, 1 as below, cast(count(*) >= 8 as integer) as above
        from ({DAYS}) where day >= '2026-04-03' group by user_id""",
}


@cache
def many_users() -> tuple[duckdb.DuckDBPyConnection, Truth]:
    """Give a world of many users, and its truth."""
    arguments = replace(SCENARIO.defaults, users=2_000, seed=1)
    last = FIRST_DAY + timedelta(days=arguments.days - 2)
    simulation = SCENARIO.simulate(arguments)
    connection = duckdb.connect()
    for event, table in clean_tables(SCENARIO, simulation, nothing).items():
        connection.register("simulated", table)
        connection.execute(f"create table {event} as from simulated")
    connection.execute(VIEWS)
    return connection, simulation.truth((last - FIRST_DAY).days)


@pytest.mark.parametrize("name", FINDINGS)
def test_many_users_do_what_is_expected_of_them(name: str) -> None:
    connection, truth = many_users()
    row = connection.execute(
        f"""
        with users as ({FINDINGS[name]}),
        totals as (select sum(above) / sum(below) as ratio, sum(below) as wholes from users)
        select any_value(ratio), sqrt(sum(pow((above - ratio * below) / wholes, 2)))
        from users cross join totals"""
    ).fetchone()
    assert row is not None
    found, error = row
    assert 0 < error < 0.1 * found
    assert abs(found - truth[name]["value"]) < 3 * error, f"{found} +- {error}"


def test_the_digest_makes_casual_users_come_more_often_and_look_at_less() -> None:
    """Whom it has reached by April, against what they did in February."""
    arguments = replace(SCENARIO.defaults, users=2_000, seed=1)
    population = populate(arguments, WORLDS["healthy"])
    names = population.actors.identifier.to_pylist()
    reached = [
        names[user]
        for user in range(population.users)
        if population.joined_day[user] < 10 and 60 <= population.digest_day[user] <= 80
    ]
    assert len(reached) > 30
    connection, _ = many_users()
    february, april = (
        connection.execute(
            """
            select
                (select count(*) from active_days
                    where user_id in (select unnest($1)) and month(day) = $2),
                (select count(*) from content_viewed
                    where user_id in (select unnest($1)) and month(event_at) = $2),
                (select sum(sessions) from active_days
                    where user_id in (select unnest($1)) and month(day) = $2)""",
            [reached, month],
        ).fetchone()
        for month in (2, 4)
    )
    assert february is not None and april is not None
    assert april[0] > 1.3 * february[0]
    assert april[1] / april[2] < 0.8 * february[1] / february[2]
