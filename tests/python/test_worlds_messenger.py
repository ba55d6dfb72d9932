"""What is special about the messenger worlds: talks hang together, and what is planted is there."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from functools import cache

import duckdb
import numpy as np
import pytest

from scripts.worlds.envelope import FIRST_DAY
from scripts.worlds.kit.people import NEVER
from scripts.worlds.make import clean_tables
from scripts.worlds.messenger.lives import Lives, live
from scripts.worlds.messenger.population import Population, populate
from scripts.worlds.messenger.settings import WORLDS
from scripts.worlds.registry import SCENARIOS
from scripts.worlds.scenario import Truth
from tests.python.worlds import clean, count, made, nothing, true_values

SCENARIO = SCENARIOS["messenger"]

# Who is in a conversation, by its messages; and what users did in the 28 days before each month.
VIEWS = """
    create view deliveries as
    select
        sent.message_id,
        any_value(sent.conversation_id) as conversation_id,
        any_value(sent.event_at) as sent_at,
        list_sort(list(received.user_id) || [any_value(sent.user_id)]) as people
    from message_sent as sent join message_received as received using (message_id)
    group by sent.message_id;

    create view months as
    select unnest(generate_series(timestamp '2026-03-01', timestamp '2026-11-01', interval 1 month))
        as month_start;

    create view features as
    select
        months.month_start,
        sent.user_id,
        count(*) as messages,
        count(distinct cast(sent.event_at as date)) as days,
        count(distinct sent.conversation_id) as conversations,
        count(*) filter (where sent.message_type <> 'text') as rich,
        not exists (
            select * from message_sent as later
            where later.user_id = sent.user_id
                and later.event_at >= month_start
                and later.event_at < month_start + interval 30 day
        ) as churns,
        not exists (
            select * from app_session_start as session
            where session.user_id = sent.user_id
                and session.event_at >= month_start - interval 9 day
                and session.event_at < month_start
        ) or coalesce((
            select max_by(notifications, change.event_at) <> 'all'
            from notification_settings_change as change
            where change.user_id = sent.user_id and change.event_at < month_start
        ), false) as looks_lost
    from months join message_sent as sent
        on sent.event_at < month_start and sent.event_at >= month_start - interval 28 day
    group by months.month_start, sent.user_id;
"""


@cache
def world() -> duckdb.DuckDBPyConnection:
    """Give the committed world before its faults, with views on it."""
    connection = clean("messenger")
    connection.execute(VIEWS)
    return connection


@cache
def degraded() -> duckdb.DuckDBPyConnection:
    """Give the degraded world before its faults, with views on it."""
    connection = duckdb.connect()
    simulation = SCENARIO.simulate(replace(SCENARIO.defaults, world="degraded"))
    for event, table in clean_tables(SCENARIO, simulation, nothing).items():
        connection.register("simulated", table)
        connection.execute(f"create table {event} as from simulated")
    connection.execute(VIEWS)
    return connection


CONTRADICTIONS = {
    "a message sent twice": """
        select message_id from message_sent group by message_id having count(*) > 1""",
    "a message received twice by somebody": """
        select message_id from message_received group by message_id, user_id having count(*) > 1""",
    "a message that nobody receives": """
        select * from message_sent anti join message_received using (message_id)""",
    "a received message that does not fit the one that was sent": """
        select * from message_received as received left join message_sent as sent
        using (message_id, conversation_id, message_type)
        where sent.event_at is null or sent.user_id = received.user_id
            or received.event_at <= sent.event_at
            or received.event_at > sent.event_at + interval 5 second""",
    "a conversation whose people change": """
        select conversation_id from deliveries group by all having count(distinct people) > 1""",
    "a conversation opened twice": """
        select conversation_id from conversation_created group by all having count(*) > 1""",
    "a conversation with other people than were asked into it": """
        select * from conversation_created as opened join deliveries using (conversation_id)
        where list_sort(opened.participant_user_ids_list) <> deliveries.people""",
    "a conversation of fewer than two people or more than four, or without who opened it": """
        select * from conversation_created
        where len(list_distinct(participant_user_ids_list)) not between 2 and 4
            or len(list_distinct(participant_user_ids_list)) <> len(participant_user_ids_list)
            or participant_user_ids_list[1] <> user_id""",
    "two people with two conversations of their own": """
        select people from (
            select distinct conversation_id, people from deliveries where len(people) = 2
        ) group by people having count(*) > 1""",
    "a conversation that does not begin with a text of who opened it": """
        select * from conversation_created as opened left join (
            select conversation_id, min(event_at) as event_at,
                min_by(user_id, event_at) as user_id, min_by(message_type, event_at) as kind
            from message_sent group by conversation_id
        ) as first using (conversation_id)
        where first.event_at is null or first.event_at <= opened.event_at
            or first.user_id <> opened.user_id or first.kind <> 'text'""",
    "a message or a change of settings outside a session": """
        select * from (
            select user_id, event_at from message_sent
            union all select user_id, event_at from conversation_created
            union all select user_id, event_at from notification_settings_change
        ) as act
        where not exists (
            select * from app_session_start as session
            where session.user_id = act.user_id and session.event_at < act.event_at
                and session.event_at > act.event_at - interval 5 minute
        )""",
    "a session with messages in two conversations": """
        select session_id from message_sent as sent asof join app_session_start as session
            on session.user_id = sent.user_id and session.event_at < sent.event_at
        group by session_id having count(distinct sent.conversation_id) > 1""",
    "a session that starts twice": """
        select session_id from app_session_start group by session_id having count(*) > 1""",
    "characters or media that do not fit the kind of message": """
        select * from message_sent where case message_type
            when 'text' then character_count < 1 or media_count <> 0
            when 'image' then character_count <> 0 or media_count < 1
            else character_count <> 0 or media_count <> 0
        end""",
    "a change of settings that changes nothing": """
        select * from notification_settings_change
        qualify notifications
            = lag(notifications, 1, 'all') over (partition by user_id order by event_at)""",
    "somebody who uninstalls the app twice": """
        select user_id from app_uninstall group by user_id having count(*) > 1""",
    "somebody who uses an app that is uninstalled": """
        select * from app_uninstall as gone join app_session_start as session using (user_id)
        where session.event_at > gone.event_at""",
}


@pytest.mark.parametrize("what", CONTRADICTIONS)
def test_the_clean_events_never_hold(what: str) -> None:
    found = world().execute(CONTRADICTIONS[what]).fetchmany(3)
    assert not found, what


# What happens, and how often at least.
HAPPENINGS = {
    "conversations of three or four people": (
        10,
        "select * from conversation_created where len(participant_user_ids_list) > 2",
    ),
    "conversations from before the world": (
        50,
        """
        select distinct conversation_id from message_sent
        anti join conversation_created using (conversation_id)""",
    ),
    "messages to somebody who has gone": (
        10,
        """
        select * from message_received as received join app_uninstall as gone using (user_id)
        where received.event_at > gone.event_at""",
    ),
    "sessions without a message": (
        500,
        """
        select * from app_session_start as session where not exists (
            select * from message_sent as sent
            where sent.user_id = session.user_id and sent.event_at > session.event_at
                and sent.event_at < session.event_at + interval 5 minute
        )""",
    ),
    "users who fall silent for more than two weeks and come back": (
        20,
        """
        select * from message_sent
        qualify event_at - lag(event_at) over (partition by user_id order by event_at)
            > interval 15 day""",
    ),
    "notifications that are turned on again": (
        3,
        "select * from notification_settings_change where notifications = 'all'",
    ),
    "users who join during the history": (
        80,
        """
        select user_id from app_session_start group by user_id
        having min(event_at) >= '2026-02-01'""",
    ),
    "users with many conversations": (
        5,
        """
        select user_id from message_sent group by user_id
        having count(distinct conversation_id) >= 15""",
    ),
}


@pytest.mark.parametrize("what", HAPPENINGS)
def test_the_traps_that_the_metrics_must_avoid_do_occur(what: str) -> None:
    least, query = HAPPENINGS[what]
    assert count(world(), query) >= least, what


@cache
def lives() -> tuple[Population, Lives]:
    """Give the users of the committed world and what becomes of them."""
    causes, arguments = WORLDS["healthy"], SCENARIO.defaults
    population = populate(arguments, causes)
    return population, live(population, causes, arguments.days, arguments.seed)


def test_who_leaves_after_a_decline_has_said_less_and_less() -> None:
    population, fates = lives()
    names = population.actors.identifier.to_pylist()
    turned = np.flatnonzero((fates.gone_day < NEVER) & (population.joined_day < 30))
    rates: dict[str, list[float]] = {"before": [], "at last": []}
    for user in turned:
        gone = int(fates.gone_day[user])
        level = fates.level[:gone, user]
        begins = gone - int(np.argmax(level[::-1] == 1)) if level[-1] < 1 else gone
        if not 14 <= gone - begins <= 42 or begins < 28:
            continue
        for when, first, end in (("before", begins - 28, begins), ("at last", gone - 7, gone)):
            sent = f"""
                select * from message_sent where user_id = '{names[user]}'
                    and event_at >= date '{FIRST_DAY}' + {first}
                    and event_at < date '{FIRST_DAY}' + {end}"""
            rates[when].append(count(world(), sent) / (end - first))
    assert len(rates["before"]) > 20
    assert sum(rates["at last"]) < 0.6 * sum(rates["before"])


def test_lives_go_on_as_recorded() -> None:
    _, fates = lives()
    truth = true_values(made("messenger"))
    last = SCENARIO.defaults.days - 2
    left = truth["departures.after_decline"] + truth["departures.without_warning"]
    assert left == (fates.gone_day <= last).sum()
    assert truth["declines"] >= truth["departures.after_decline"] + truth["recoveries"]
    assert truth["recoveries"] >= 5
    assert truth["departures.without_warning"] >= 1
    assert truth["holidays"] >= 3


def precision_and_recall(connection: duckdb.DuckDBPyConnection) -> tuple[float, float]:
    """Take users for lost who are not seen for a while or have muted the app, and judge that."""
    row = connection.execute(
        """
        select
            count(*) filter (where looks_lost and churns) / count(*) filter (where looks_lost),
            count(*) filter (where looks_lost and churns) / count(*) filter (where churns)
        from features
        where month_start < '2026-11-01'"""
    ).fetchone()
    assert row is not None
    return row


def test_even_a_simple_rule_sees_people_leave_unless_they_do_so_without_warning() -> None:
    precision, recall = precision_and_recall(world())
    assert precision > 0.6
    assert recall > 0.6
    assert min(precision_and_recall(degraded())) < 0.6


def overlaps(connection: duckdb.DuckDBPyConnection) -> list[float]:
    """Give the share of each month's power users who are power users in the next month too."""
    ranks = " + ".join(
        f"percent_rank() over (partition by month_start order by {feature})"
        for feature in ("messages", "days", "conversations", "rich")
    )
    rows = connection.execute(
        f"""
        with scores as (select *, {ranks} as score from features),
        power as (
            select * from scores
            qualify score >= quantile_cont(score, 0.925) over (partition by month_start)
        )
        select count(later.user_id) / count(*)
        from power left join power as later
            on later.user_id = power.user_id
            and later.month_start = power.month_start + interval 1 month
        where power.month_start + interval 1 month in (select month_start from power)
        group by power.month_start"""
    )
    return [float(row[0]) for row in rows.fetchall()]


def test_power_users_stay_so_where_people_have_habits() -> None:
    assert np.mean(overlaps(world())) >= 0.75
    assert np.mean(overlaps(degraded())) < 0.35


def test_on_errands_everybody_does_the_same_so_that_no_tenth_stands_out() -> None:
    [month] = (
        degraded()
        .execute(
            """
        select avg(cast(messages = 1 as integer)), max(messages), max(days), max(conversations)
        from features"""
        )
        .fetchall()
    )
    alone, *most = month
    assert 0.6 < alone < 0.75
    assert most == [2, 1, 1]


def test_on_the_web_messages_are_received_but_not_logged_as_sent() -> None:
    on_web = "platform = 'web'"
    assert count(degraded(), f"from message_sent where {on_web}") == 0
    assert count(degraded(), f"from message_received where {on_web}") > 30
    assert count(degraded(), f"from message_sent where not {on_web}") > 300
    assert count(world(), f"from message_sent where {on_web}") > 100


def test_what_is_expected_of_the_worlds_lies_on_either_side_of_the_targets() -> None:
    healthy = true_values(made("messenger"))
    missed = true_values(made("messenger", "degraded"))
    assert 0.12 < healthy["monthly_churn_rate"] < 0.18
    assert 0.35 < missed["monthly_churn_rate"] < 0.45
    assert missed["declines"] == 0
    assert missed["messages_sent_per_user.month"] < 1.5 < healthy["messages_sent_per_user.month"]


# What users do in a period, summed over the complete periods that begin in the world.
PERIODS = """
    select
        user_id,
        sum(messages) as messages,
        count(*) as active,
        sum(days) as days,
        sum(conversations) as conversations
    from (
        select
            user_id,
            count(*) as messages,
            count(distinct cast(event_at as date)) as days,
            count(distinct conversation_id) as conversations
        from message_sent
        where event_at >= '{first}' and event_at < '{end}'
        group by user_id, date_trunc('{grain}', event_at)
    ) group by user_id"""
DAYS = PERIODS.format(grain="day", first="2026-01-05", end="2026-11-01")
WEEKS = PERIODS.format(grain="week", first="2026-01-05", end="2026-10-26")
MONTHS = PERIODS.format(grain="month", first="2026-02-01", end="2026-11-01")
KINDS = """
    select user_id, count(*) as messages, count(*) filter (where message_type <> 'text') as rich
    from message_sent where event_at < '2026-11-01' group by user_id"""
INITIATED = f"""
    select weeks.*, (
        select count(*) from conversation_created as opened
        where opened.user_id = weeks.user_id and opened.event_at < '2026-10-26'
    ) as initiated
    from ({WEEKS}) as weeks"""
CHURN = """
    select user_id, count(*) as base, count(*) filter (where churns) as churned
    from features where month_start < '2026-11-01' group by user_id"""
FINDINGS = {
    "messages_sent_per_user.day": ("messages", "active", DAYS),
    "messages_sent_per_user.week": ("messages", "active", WEEKS),
    "messages_sent_per_user.month": ("messages", "active", MONTHS),
    "active_messaging_days.week": ("days", "active", WEEKS),
    "active_messaging_days.month": ("days", "active", MONTHS),
    "active_conversations_per_user.week": ("conversations", "active", WEEKS),
    "rich_media_usage_rate": ("rich", "messages", KINDS),
    "conversations_initiated_per_user.week": ("initiated", "active", INITIATED),
    "monthly_churn_rate": ("churned", "base", CHURN),
}


@cache
def many_users() -> tuple[duckdb.DuckDBPyConnection, Truth]:
    """Give the complete days of a world of many users and its truth."""
    arguments = replace(SCENARIO.defaults, users=2_000, seed=1)
    last: date = FIRST_DAY + timedelta(days=arguments.days - 2)
    simulation = SCENARIO.simulate(arguments)
    connection = duckdb.connect()
    for event, table in clean_tables(SCENARIO, simulation, nothing).items():
        connection.register("simulated", table)
        connection.execute(
            f"create table {event} as from simulated where cast(event_at as date) <= '{last}'"
        )
    connection.execute(VIEWS)
    return connection, simulation.truth((last - FIRST_DAY).days)


@pytest.mark.parametrize("name", FINDINGS)
def test_many_users_do_what_is_expected_of_them(name: str) -> None:
    connection, truth = many_users()
    part, whole, query = FINDINGS[name]
    row = connection.execute(
        f"""
        with users as ({query}),
        totals as (select sum({part}) / sum({whole}) as ratio, sum({whole}) as wholes from users)
        select any_value(ratio), sqrt(sum(pow(({part} - ratio * {whole}) / wholes, 2)))
        from users cross join totals"""
    ).fetchone()
    assert row is not None
    observed, error = row
    assert error < 0.12 * observed
    assert abs(observed - truth[name]["value"]) < 2.6 * error, truth[name]["meaning"]
