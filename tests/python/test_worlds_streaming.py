"""What is special about the streaming worlds: playbacks hang together, what is planted is there."""

from __future__ import annotations

from functools import cache

import duckdb
import numpy as np
import pytest

from scripts.worlds.registry import SCENARIOS
from scripts.worlds.streaming.catalogue import (
    EPISODE_IDS,
    EPISODES,
    FIRST_EPISODE,
    IS_SERIES,
    TITLE_IDS,
    TITLES,
    on_offer,
    premiere_of,
)
from tests.python.worlds import clean, count, made, true_values

SCENARIO = SCENARIOS["streaming"]

VIEWS = """
    create view plays as
    select starts.*, stops.event_at as stopped_at, stops.last_watched_position_ms,
        stops.watched_ms
    from playback_start as starts
    left join playback_stop_or_abandon as stops using (playback_id, user_id);

    create view changes as
    select *, lag(event_type) over (partition by user_id order by event_at) as previous
    from subscription_change where event_type in ('new_sub', 'churn');

    create view spells as
    select user_id, event_at as since,
        lead(event_at, 1, '2099-01-01') over (partition by user_id order by event_at) as until,
        event_type
    from changes;
"""


@cache
def world() -> duckdb.DuckDBPyConnection:
    """Give the committed world before its faults, with views on it."""
    connection = clean("streaming")
    connection.execute(VIEWS)
    return connection


CONTRADICTIONS = {
    "a session or playback that starts twice": """
        select session_id from streaming_session_start group by 1 having count(*) > 1
        union all select playback_id from playback_start group by 1 having count(*) > 1""",
    "a playback that stops twice, before it starts, or after more time than went by": """
        select * from plays where stopped_at < event_at
            or watched_ms > 1000 * epoch(stopped_at - event_at)
        union all
        select * from plays qualify count(*) over (partition by playback_id) > 1""",
    "a playback of a session that has not begun": """
        select * from playback_start as plays
        anti join streaming_session_start as starts
            on starts.session_id = plays.session_id and starts.user_id = plays.user_id
            and starts.event_at <= plays.event_at""",
    "two playbacks of a user at the same time": """
        select * from (
            select event_at, lag(coalesce(stopped_at, event_at)) over (
                partition by user_id order by event_at
            ) as before from plays
        ) where event_at < before""",
    "a position beyond the end, or more watched than lies between start and position": """
        select * from plays where last_watched_position_ms > total_duration_ms
            or watched_ms > last_watched_position_ms - start_position_ms + 1000""",
    "a milestone that its playback did not reach": """
        select * from playback_completion_milestone as marks inner join plays using (playback_id)
        where stopped_at is not null
            and percentage_watched > 100.0 * last_watched_position_ms / total_duration_ms + 0.1
            or marks.event_at < plays.event_at""",
    "a title that is played when it is not on offer": """
        select * from playback_start inner join titles using (title_id)
        where cast(event_at as date) < added_on
            or cast(event_at as date) > coalesce(removed_on, '2099-01-01')""",
    "an episode of another series, or of no series": """
        select * from playback_start as plays left join episodes using (episode_id)
        where plays.episode_id is not null
            and episodes.title_id is distinct from plays.title_id""",
    "a session of somebody who is not subscribed": """
        select * from streaming_session_start as starts
        anti join (select * from spells where event_type = 'new_sub') as spells
            on spells.user_id = starts.user_id
            and starts.event_at between spells.since and spells.until""",
    "a subscription that begins twice, or ends before it began": """
        select * from changes where previous is not distinct from event_type
            or (previous is null and event_type = 'churn')""",
    "a change to the same plan": """
        select * from subscription_change where old_plan = new_plan
            or (event_type = 'new_sub') <> (old_plan is null)
            or (event_type = 'churn') <> (new_plan is null)""",
    "hours of a session that its playbacks do not have": """
        select session_id from streaming_session_end
        inner join (
            select session_id, sum(watched_ms) as watched_ms from plays group by 1
        ) using (session_id)
        where abs(total_watch_time_ms_in_session - watched_ms) > 1000""",
}


@pytest.mark.parametrize("what", CONTRADICTIONS)
def test_the_clean_events_never_hold(what: str) -> None:
    found = world().execute(CONTRADICTIONS[what]).fetchmany(3)
    assert not found, what


# What happens, and how often at least.
HAPPENINGS = {
    "playbacks without a stop": (50, "select * from plays where stopped_at is null"),
    "sessions without an end": (
        40,
        "select * from streaming_session_start anti join streaming_session_end using (session_id)",
    ),
    "playbacks by accident": (100, "select * from plays where watched_ms < 60000"),
    "films that go on another day": (
        100,
        "select * from playback_start where start_position_ms > 0 and source = 'continue_watching'",
    ),
    "playbacks over midnight": (
        50,
        "select * from plays where cast(stopped_at as date) > cast(event_at as date)",
    ),
    "positions that are far beyond what was watched": (
        50,
        """
        select * from plays
        where last_watched_position_ms - start_position_ms > 1.1 * watched_ms and watched_ms > 60000
        """,
    ),
    "films that children see again": (
        10,
        """
        select user_id, title_id from plays where profile_type = 'kids' and start_position_ms = 0
            and watched_ms > 0.8 * total_duration_ms group by all having count(*) > 1
        """,
    ),
    "titles put on a list that were watched before": (
        10,
        """
        select * from watchlist_add_remove as added where action = 'add' and exists (
            select 1 from plays where plays.user_id = added.user_id
                and plays.title_id = added.title_id and plays.event_at < added.event_at
        )""",
    ),
    "subscribers who come back": (
        3,
        """
        select user_id from subscription_change where event_type = 'new_sub'
        group by user_id having count(*) > 1""",
    ),
    "subscribers who join and leave within a month": (
        3,
        """
        select * from spells where event_type = 'new_sub'
            and date_trunc('month', since) = date_trunc('month', until)""",
    ),
    "logins of a television without a session": (
        50,
        """
        select * from user_login_success as logins where login_method = 'remembered'
            and not exists (
                select 1 from streaming_session_start as starts
                where starts.user_id = logins.user_id
                    and cast(starts.event_at as date) = cast(logins.event_at as date)
            )""",
    ),
    "subscribers who watch nothing": (
        10,
        """
        select distinct user_id from subscription_change
        anti join playback_start using (user_id)""",
    ),
}


@pytest.mark.parametrize("what", HAPPENINGS)
def test_the_traps_that_the_metrics_must_avoid_do_occur(what: str) -> None:
    least, query = HAPPENINGS[what]
    assert count(world(), query) >= least, what


def test_more_is_watched_in_the_evening_and_at_the_weekend() -> None:
    """Premieres aside, for which many come on a Monday."""
    [(evening, weekend)] = (
        world()
        .execute(
            """
            select avg(cast(hour(event_at) >= 17 as integer)),
                avg(cast(isodow(event_at) >= 6 as integer))
            from streaming_session_start
            where session_id not in (
                select session_id from playback_start inner join titles using (title_id)
                where premiered_on is not null
            )
            """
        )
        .fetchall()
    )
    assert evening > 0.65
    assert weekend > 1.15 * 2 / 7


def test_a_price_rise_makes_some_leave() -> None:
    """Of those to whom the price matters; in the degraded world, in which many leave anyway."""
    connection = duckdb.connect()
    connection.register("changes", made("streaming", "degraded").tables["subscription_change"])
    [(rise, before)] = connection.execute(
        """
        select count(*) filter (event_at >= '2026-03-04' and event_at < '2026-03-25'),
            count(*) filter (event_at >= '2026-02-11' and event_at < '2026-03-04')
        from changes where event_type = 'churn'
        """
    ).fetchall()
    assert rise > 1.3 * before


def test_a_good_first_episode_keeps_more_viewers_than_a_bad_one() -> None:
    truths = true_values(made("streaming"))
    good = truths["series_hook_rate.good_starts.of_first_playbacks"]
    assert good > 1.4 * truths["series_hook_rate.bad_starts.of_first_playbacks"]


def test_what_is_expected_of_the_worlds_lies_on_either_side_of_the_targets() -> None:
    healthy = true_values(made("streaming"))
    missed = true_values(made("streaming", "degraded"))
    churn = "subscriber_churn_rate.of_starters.by_user"
    assert healthy[churn] < 0.035 < 0.08 < missed[churn]
    hook = "series_hook_rate.flagships.of_first_playbacks"
    assert missed[hook] < 0.4 < 0.8 < healthy[hook]


def test_the_measured_film_loses_viewers_in_both_worlds_alike() -> None:
    healthy = true_values(made("streaming"))
    missed = true_values(made("streaming", "degraded"))
    names = [name for name in healthy if name.startswith("audience_retention_curve")]
    assert len(names) == 9
    values = [healthy[name] for name in names]
    assert values == sorted(values, reverse=True)
    assert np.allclose(values, [missed[name] for name in names], atol=0.01)


def test_the_catalogue_changes_and_its_episodes_are_those_of_its_series() -> None:
    first, last = on_offer(0), on_offer(SCENARIO.defaults.days - 1)
    assert (first & ~last).sum() > 3
    assert (last & ~first).sum() > 3
    assert len(EPISODE_IDS) == EPISODES.sum() == FIRST_EPISODE[-1] + EPISODES[-1]
    assert np.array_equal(EPISODES > 0, IS_SERIES)
    assert len(set(TITLE_IDS)) == len(TITLES)
    premieres = [premiere_of(day) for day in range(SCENARIO.defaults.days)]
    assert sum(title >= 0 for title in premieres) == sum(title.is_premiere for title in TITLES)
