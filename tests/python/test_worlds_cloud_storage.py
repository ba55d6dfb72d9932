"""What is special about the cloud-storage worlds: sessions hang together, and truths are found."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from itertools import cycle, islice

import duckdb
import numpy as np
import pytest

from scripts.worlds.cloud_storage.population import Population, populate
from scripts.worlds.cloud_storage.settings import FAVOURITES, TEAMS, WORLDS
from scripts.worlds.envelope import FIRST_DAY
from scripts.worlds.make import clean_tables
from scripts.worlds.registry import SCENARIOS
from scripts.worlds.scenario import Arguments, Truth
from tests.python.worlds import clean, count, made, nothing, true_values

# Everything that happens in a session, the server's echo of a first click aside; which panel is
# the latest at a click; and the tasks: whatever lies between two opened files.
VIEWS = """
    create view happenings as
    select user_id, session_id, event_at, 'assignment' as kind from experiment_assignment
    union all
    select user_id, session_id, event_at, 'impression' from quick_access_impression
    union all
    select user_id, session_id, event_at, 'click' from quick_access_click
    union all
    select user_id, session_id, event_at, 'feedback' from quick_access_negative_feedback
    union all
    select user_id, session_id, event_at, open_method from file_opened
    union all
    select user_id, session_id, event_at, 'query' from search_query_executed
    union all
    select user_id, session_id, event_at, 'step' from navigation_action;

    create view files as
    select user_id, file_id from file_opened
    union all
    select user_id, unnest(suggested_file_ids_list_ordered) from quick_access_impression;

    create view sessions as
    select
        session_id,
        min(user_id) as user_id,
        min(event_at) as started_at,
        max(event_at) as ended_at,
        min_by(kind, event_at) as first_kind,
        bool_or(kind = 'impression') as has_panel
    from happenings group by session_id;

    create view clicks as
    select
        clicked.*,
        shown.session_id as shown_session_id,
        shown.user_id as shown_user_id,
        shown.event_at as shown_at,
        shown.model_version as shown_model,
        shown.suggested_file_ids_list_ordered as suggested,
        exists (
            select * from quick_access_impression as newer
            where newer.user_id = clicked.user_id
              and newer.event_at > shown.event_at and newer.event_at < clicked.event_at
        ) as is_stale,
    from quick_access_click as clicked left join quick_access_impression as shown
    using (impression_id);

    create view first_exposures as
    select
        user_id,
        min(event_at) as exposed_at,
        min(variant) as variant,
        count(distinct variant) as variants,
        min(platform) as platform
    from experiment_assignment where is_exposure group by user_id;

    create view tasks as
    select
        user_id,
        session_id,
        min(event_at) as started_at,
        max(event_at) filter (where is_open) as opened_at,
        count(*) filter (where kind = 'query') as queries,
        count(*) filter (where kind = 'step') as steps
    from (
        select
            *,
            kind in ('quick_access', 'search', 'browse') as is_open,
            count(*) filter (where kind in ('quick_access', 'search', 'browse')) over (
                partition by session_id order by event_at
                rows between unbounded preceding and 1 preceding
            ) as task
        from happenings
    ) group by user_id, session_id, task;
"""


def members() -> Iterator[tuple[int, int, int]]:
    """Give the team of each user, its size and the user's turn in it; who is alone is a team."""
    for team, size in enumerate(cycle([*TEAMS, *[1] * sum(TEAMS)])):
        yield from ((team, size, turn) for turn in range(size))


def people(arguments: Arguments) -> Population:
    return populate(arguments, WORLDS["healthy"])


@cache
def world() -> duckdb.DuckDBPyConnection:
    """Give the committed world before its faults, with views on it."""
    connection = clean("cloud_storage")
    connection.execute(VIEWS)
    users = people(SCENARIOS["cloud_storage"].defaults).actors.identifier.to_pylist()
    teams = [(user, team) for user, (team, _, _) in zip(users, members(), strict=False)]
    connection.execute("create table teams (user_id text, team integer)")
    connection.executemany("insert into teams values (?, ?)", teams)
    return connection


CONTRADICTIONS = {
    "two events of a session in the same second": """
        select session_id, event_at from happenings group by session_id, event_at
        having count(*) > 1""",
    "a session of two users": """
        select session_id from happenings group by session_id having count(distinct user_id) > 1""",
    "a session that begins before the user's last one is over": """
        select * from sessions
        qualify started_at <= lag(ended_at) over (partition by user_id order by started_at)""",
    "a session over midnight": """
        select * from sessions where cast(started_at as date) <> cast(ended_at as date)""",
    "an assignment that does not open its session": """
        select * from experiment_assignment semi join sessions
        on sessions.session_id = experiment_assignment.session_id
        and sessions.started_at <> experiment_assignment.event_at""",
    "a session assigned twice": """
        select session_id from experiment_assignment group by session_id having count(*) > 1""",
    "an assignment before the launch": """
        select * from experiment_assignment where event_at < '2026-02-02'""",
    "a user who is enrolled and then is not": """
        select * from sessions
        join (
            select user_id, min(event_at) as enrolled_at from experiment_assignment group by all
        ) as enrolled
          on enrolled.user_id = sessions.user_id and started_at >= enrolled_at
        where first_kind <> 'assignment'""",
    "an assigned session that is nothing but assigned, and at home with the panel": """
        select session_id from experiment_assignment as assigned
        join happenings using (session_id)
        where assigned.is_exposure and assigned.variant <> 'control'
        group by session_id having count(*) < 2""",
    "a panel that was not to be shown, or that was not shown": """
        select * from sessions left join experiment_assignment as assigned using (session_id)
        where has_panel
            is distinct from coalesce(assigned.is_exposure and assigned.variant <> 'control', false)
    """,
    "a panel without five different files": """
        select * from quick_access_impression
        where len(list_distinct(suggested_file_ids_list_ordered)) <> 5
            or len(suggested_file_ids_list_ordered) <> 5""",
    "an impression shown twice": """
        select impression_id from quick_access_impression group by all having count(*) > 1""",
    "a click that does not fit its impression": """
        select * from clicks
        where shown_at is null or shown_at >= event_at or shown_session_id <> session_id
            or shown_user_id <> user_id or shown_model <> model_version
            or suggested[rank_of_clicked_file] is distinct from clicked_file_id""",
    "feedback that does not fit its impression": """
        select * from quick_access_negative_feedback as said
        left join quick_access_impression as shown using (impression_id, session_id, user_id)
        where shown.event_at is null or shown.event_at >= said.event_at
            or (said.feedback_type = 'dismiss') <> (said.unhelpful_file_id is null)
            or not coalesce(
                list_contains(shown.suggested_file_ids_list_ordered, said.unhelpful_file_id), true
            )""",
    "a file opened from a panel in a session without one": """
        select * from file_opened anti join quick_access_impression using (session_id)
        where open_method = 'quick_access'""",
    "a file found by a search that nobody made": """
        select * from file_opened as opened
        where open_method = 'search' and not exists (
            select * from search_query_executed as query
            where query.session_id = opened.session_id and query.event_at < opened.event_at
        )""",
    "a file found in folders that nobody opened": """
        select * from file_opened as opened
        where open_method = 'browse' and not exists (
            select * from navigation_action as step
            where step.session_id = opened.session_id and step.event_at < opened.event_at
        )""",
    "a file of two teams": """
        select file_id from files join teams using (user_id)
        group by file_id having count(distinct team) > 1""",
    "a first click that is not the user's first": """
        select * from user_first_quick_access_click as first
        full join (
            select user_id, min(event_at) as event_at from quick_access_click group by user_id
        ) as clicked using (user_id)
        where first.event_at is distinct from clicked.event_at""",
    "a rank or depth that cannot be": """
        select rank_of_clicked_file from quick_access_click
        where rank_of_clicked_file not between 1 and 5
        union all
        select depth from navigation_action where depth not between 0 and 4""",
}


@pytest.mark.parametrize("what", CONTRADICTIONS)
def test_the_clean_events_never_hold(what: str) -> None:
    found = world().execute(CONTRADICTIONS[what]).fetchmany(3)
    assert not found, what


# What happens, and how often at least.
HAPPENINGS = {
    "double clicks": (
        10,
        """
        select * from clicks
        qualify event_at - lag(event_at) over (
            partition by impression_id, clicked_file_id order by event_at
        ) < interval 2 second""",
    ),
    "impressions with clicks at two ranks": (
        10,
        """
        select impression_id from clicks where not is_stale group by impression_id
        having count(distinct rank_of_clicked_file) > 1""",
    ),
    "stale clicks": (10, "select * from clicks where is_stale"),
    "clicks that open nothing": (
        30,
        """
        select * from clicks
        anti join file_opened as opened
          on opened.session_id = clicks.session_id and opened.file_id = clicks.clicked_file_id
         and opened.open_method = 'quick_access' and opened.event_at > clicks.event_at""",
    ),
    "files opened by Quick Access before any click": (
        50,
        """
        select * from file_opened as opened
        where open_method = 'quick_access' and not exists (
            select * from quick_access_click as clicked
            where clicked.session_id = opened.session_id and clicked.event_at < opened.event_at
        )""",
    ),
    "sessions with several panels": (
        100,
        """
        select session_id from quick_access_impression group by session_id having count(*) > 1""",
    ),
    "impressions complained of more than once": (
        2,
        """
        select impression_id from quick_access_negative_feedback group by impression_id
        having count(*) > 1""",
    ),
    "panels dismissed as a whole": (
        2,
        "select * from quick_access_negative_feedback where unhelpful_file_id is null",
    ),
    "sessions that end without the file": (
        100,
        "select * from tasks where opened_at is null and queries + steps > 0",
    ),
    "sessions of enrolled users that start elsewhere than at home": (
        100,
        "select * from experiment_assignment where not is_exposure",
    ),
    "files that two users or more have opened": (
        50,
        "select file_id from file_opened group by file_id having count(distinct user_id) > 1",
    ),
    "files that three users or more have opened": (
        5,
        "select file_id from file_opened group by file_id having count(distinct user_id) > 2",
    ),
    "users who come to the experiment after the fifth week": (
        10,
        "select * from first_exposures where exposed_at >= timestamp '2026-03-09'",
    ),
    "users who are exposed to both variants": (
        2,
        "select * from first_exposures where variants > 1",
    ),
    "suggestions of the second model": (
        100,
        "select * from quick_access_impression where model_version = 'ranker-2'",
    ),
    "favourites that last": (
        50,
        """
        select file_id from file_opened group by file_id
        having min(event_at) < '2026-02-01' and max(event_at) >= '2026-03-15' and count(*) >= 5""",
    ),
}


@pytest.mark.parametrize("what", HAPPENINGS)
def test_the_traps_that_the_metrics_must_avoid_do_occur(what: str) -> None:
    least, query = HAPPENINGS[what]
    assert count(world(), query) >= least, what


def test_a_fifth_of_the_users_is_enrolled_each_week() -> None:
    weeks = world().execute(
        """
        select count(*) from first_exposures
        where exposed_at < timestamp '2026-02-02' + interval 35 day
        group by date_trunc('week', exposed_at) order by date_trunc('week', exposed_at)"""
    )
    new = [int(row[0]) for row in weeks.fetchall()]
    assert len(new) == 5
    # Some come in their week, the others later.
    group = SCENARIOS["cloud_storage"].defaults.users / 5
    assert all(0.3 * group < number < group for number in new), new


THRESHOLDS = {
    "quick_access_ctr.impressions_clicked": 0.15,
    "quick_access_mrr": 0.70,
    "quick_access_open_conversion.followed_by_open": 0.85,
    "quick_access_active_users.share_of_platform": 0.25,
    "active_days_per_user_day.lift": -0.25,
    "file_opens_per_user_day.lift": -0.25,
}
CEILINGS = {
    "quick_access_negative_feedback_rate.impressions_rejected": 0.02,
    "manual_searches_per_user.lift": -0.10,
    "time_to_file_open.from_task_start.lift": 0.0,
}


def test_what_is_expected_of_the_worlds_lies_on_either_side_of_the_targets() -> None:
    healthy = true_values(made("cloud_storage"))
    missed = true_values(made("cloud_storage", "degraded"))
    for name, threshold in THRESHOLDS.items():
        assert missed[name] < threshold < healthy[name], name
    for name, ceiling in CEILINGS.items():
        assert healthy[name] < ceiling < missed[name], name


def test_the_broken_assignment_loses_whom_it_treats_on_android_and_the_web() -> None:
    broken = made("cloud_storage", "broken_assignment")
    connection = duckdb.connect()
    connection.register("experiment_assignment", broken.tables["experiment_assignment"])
    exposed = connection.execute(
        """
        select platform, variant, count(distinct user_id) from experiment_assignment
        where is_exposure group by platform, variant"""
    ).fetchall()
    users = {(platform, variant): number for platform, variant, number in exposed}
    assert users["ios", "treatment_quick_access"] > 0.7 * users["ios", "control"]
    assert ("android", "treatment_quick_access") not in users
    assert ("web", "treatment_quick_access") not in users
    expected = true_values(broken)
    treated = expected["exposed_users.treatment_quick_access"]
    control = expected["exposed_users.control"]
    # Four standard deviations of an even split, and more.
    assert control - treated > 4 * (control + treated) ** 0.5


# Numerator and denominator of what is to be found, for each user.
PANEL_SUMS = """
    select
        user_id,
        count(*) as impressions,
        sum(clicks) as clicks,
        count(*) filter (where first_rank is not null) as clicked,
        sum(coalesce(1 / first_rank, 0)) as first_reciprocals,
        sum(reciprocals) as reciprocals,
        sum(feedbacks) as feedbacks,
        count(*) filter (where feedbacks > 0) as rejected
    from (
        select
            shown.user_id,
            count(clicks.event_id) as clicks,
            coalesce(sum(1 / rank_of_clicked_file), 0) as reciprocals,
            min_by(rank_of_clicked_file, clicks.event_at) filter (where not is_stale) as first_rank,
            (
                select count(*) from quick_access_negative_feedback as said
                where said.impression_id = shown.impression_id
            ) as feedbacks
        from quick_access_impression as shown left join clicks using (impression_id)
        group by shown.impression_id, shown.user_id
    ) group by user_id"""
# Restored tabs are opened by users who never click, too.
OPENS_AND_CLICKS = """
    select
        user_id,
        count(*) filter (where kind = 'quick_access') as quick_opens,
        count(*) filter (where kind = 'click') as clicks,
        (
            select count(*) from clicks
            where clicks.user_id = happenings.user_id and exists (
                select * from file_opened as opened
                where opened.session_id = clicks.session_id
                  and opened.file_id = clicks.clicked_file_id
                  and opened.open_method = 'quick_access'
                  and opened.event_at > clicks.event_at
                  and opened.event_at <= clicks.event_at + interval 5 minute
            )
        ) as followed
    from happenings where kind in ('quick_access', 'click') group by user_id"""
USER_DAYS = """
    select
        user_id,
        variant,
        date_diff('day', cast(min(exposed_at) as date), date '{last}') + 1 as days,
        coalesce(sum(queries), 0) as searches,
        coalesce(sum(steps) filter (where opened_at is not null), 0) as steps,
        count(opened_at) as opens,
        count(distinct cast(started_at as date)) as active,
        coalesce(sum(epoch(opened_at - started_at)), 0) as seconds
    from first_exposures left join tasks using (user_id)
    where variants = 1 and (started_at is null or started_at >= exposed_at)
    group by user_id, variant"""
FINDINGS = {
    "quick_access_ctr": ("clicks", "impressions", PANEL_SUMS),
    "quick_access_ctr.impressions_clicked": ("clicked", "impressions", PANEL_SUMS),
    "quick_access_mrr": ("reciprocals", "clicks", PANEL_SUMS),
    "quick_access_mrr.all_impressions": ("first_reciprocals", "impressions", PANEL_SUMS),
    "quick_access_negative_feedback_rate": ("feedbacks", "impressions", PANEL_SUMS),
    "quick_access_negative_feedback_rate.impressions_rejected": (
        "rejected",
        "impressions",
        PANEL_SUMS,
    ),
    "quick_access_open_conversion": ("quick_opens", "clicks", OPENS_AND_CLICKS),
    "quick_access_open_conversion.followed_by_open": ("followed", "clicks", OPENS_AND_CLICKS),
    **{
        f"{metric}.{variant}": (part, whole, f"from ({USER_DAYS}) where variant = '{variant}'")
        for variant in ("control", "treatment_quick_access")
        for metric, part, whole in (
            ("manual_searches_per_user", "searches", "days"),
            ("navigation_actions_per_user", "steps", "days"),
            ("file_opens_per_user_day", "opens", "days"),
            ("active_days_per_user_day", "active", "days"),
            ("time_to_file_open.from_task_start", "seconds", "opens"),
        )
    },
}


def many_arguments() -> Arguments:
    return replace(SCENARIOS["cloud_storage"].defaults, users=5_000, seed=1)


@cache
def many_users() -> tuple[duckdb.DuckDBPyConnection, Truth, date]:
    """Give the complete days of a world of many users, its truth and the last of these days."""
    scenario, arguments = SCENARIOS["cloud_storage"], many_arguments()
    last = FIRST_DAY + timedelta(days=arguments.days - 2)
    simulation = scenario.simulate(arguments)
    connection = duckdb.connect()
    for event, table in clean_tables(scenario, simulation, nothing).items():
        connection.register("simulated", table)
        connection.execute(
            f"create table {event} as from simulated where cast(event_at as date) <= '{last}'"
        )
    connection.execute(VIEWS)
    return connection, simulation.truth((last - FIRST_DAY).days), last


@pytest.mark.parametrize("name", FINDINGS)
def test_many_users_do_what_is_expected_of_them(name: str) -> None:
    connection, truth, last = many_users()
    part, whole, query = FINDINGS[name]
    row = connection.execute(
        f"""
        with users as ({query.format(last=last)}),
        totals as (select sum({part}) / sum({whole}) as ratio, sum({whole}) as wholes from users)
        select any_value(ratio), sqrt(sum(pow(({part} - ratio * {whole}) / wholes, 2)))
        from users cross join totals"""
    ).fetchone()
    assert row is not None
    observed, error = row
    assert error < 0.12 * observed
    assert abs(observed - truth[name]["value"]) < 2.6 * error, truth[name]["meaning"]


def test_members_of_teams_open_files_of_colleagues_as_often_as_is_expected() -> None:
    connection, _, _ = many_users()
    population, causes = people(many_arguments()), WORLDS["healthy"]
    index = {user: place for place, user in enumerate(population.actors.identifier.to_pylist())}
    rows = connection.execute(
        "select user_id, cast(substr(file_id, 2) as int) from file_opened"
    ).fetchall()
    opener = np.array([index[user] for user, _ in rows])
    keeper = np.searchsorted(population.first_file, [file - 1 for _, file in rows], "right") - 1
    foreign = np.bincount(opener, keeper != opener, population.users)
    opens = np.bincount(opener, minlength=population.users)

    # A place is wanted the less the further back it is, and kept by each of a team in turn.
    place = np.arange(FAVOURITES)
    wanted = causes.wants_favourite / (1 + place) / (1 / (1 + place)).sum()
    kept_by_others = [place % size != turn for _, size, turn in islice(members(), population.users)]
    expected = causes.shares_favourite * np.array(kept_by_others) @ wanted
    in_team = expected > 0
    assert 0.48 < in_team.mean() < 0.52
    assert not foreign[~in_team].any()
    total = (expected * opens).sum()
    assert 0.08 < total / opens[in_team].sum() < 0.12
    error = np.sqrt(((foreign - expected * opens) ** 2).sum())
    assert error < 0.12 * total
    assert abs(foreign.sum() - total) < 2.6 * error
