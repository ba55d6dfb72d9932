"""What is special about the news-feed worlds: feeds hang together, what is planted is there."""

from __future__ import annotations

from functools import cache

import duckdb
import pytest

from tests.python.worlds import clean, count


@cache
def world() -> duckdb.DuckDBPyConnection:
    """Give the committed world before its faults."""
    return clean("news_feed")


CONTRADICTIONS = {
    "a session that starts twice": """
        select session_id from feed_session_start group by session_id having count(*) > 1""",
    "something in a session that has not started": """
        select user_id, session_id, event_at from item_impression_in_feed
        union all select user_id, session_id, event_at from item_interaction_in_feed
        union all select user_id, session_id, event_at from feed_scroll
        union all select user_id, session_id, event_at from feed_session_end
        except select things.* from (
            select user_id, session_id, event_at from item_impression_in_feed
            union all select user_id, session_id, event_at from item_interaction_in_feed
            union all select user_id, session_id, event_at from feed_scroll
            union all select user_id, session_id, event_at from feed_session_end
        ) as things
        join feed_session_start as starts using (session_id, user_id)
        where starts.event_at <= things.event_at""",
    "places of a feed with a gap, or one taken twice": """
        select session_id from item_impression_in_feed group by session_id
        having max(position_in_feed) <> count(*) or count(distinct position_in_feed) <> count(*)""",
    "an item further down that is shown earlier": """
        select * from (
            select event_at < lag(event_at) over (
                partition by session_id order by position_in_feed
            ) as is_earlier
            from item_impression_in_feed
        ) where is_earlier""",
    "something done with an item before it is shown, or with one that was not in view": """
        select * from item_interaction_in_feed as done
        left join item_impression_in_feed as shown using (impression_id, user_id, item_id)
        left join item_seen_long_enough_to_evaluate as seen using (impression_id)
        where shown.event_at is null or seen.event_at is null or done.event_at < shown.event_at""",
    "an item that changes what it is": """
        select item_id from item_impression_in_feed group by item_id
        having count(distinct (content_type, source_id, topic_id, item_created_at, harm_score)) > 1
        """,
    "an item that is shown before it was posted": """
        select * from item_impression_in_feed where item_created_at > event_at""",
    "a dwell below the threshold, or not that of the screen": """
        select * from item_interaction_in_feed as done
        join item_seen_long_enough_to_evaluate as seen using (impression_id)
        where interaction_type = 'dwell_time_gt_threshold'
            and (dwell_time_ms <= 10000 or dwell_time_ms <> duration_on_screen_ms)""",
    "a reader of two variants": """
        select user_id from feed_session_start group by user_id having count(distinct variant) > 1
        """,
    "a variant before the experiment, or none in it": """
        select * from feed_session_start
        where (event_at < timestamp '2026-02-02') <> (variant is null)
            or (variant is null) <> (experiment_id is null)""",
    "somebody followed who is followed already, or left who is not": """
        select * from (
            select action, lag(action) over (
                partition by user_id, target_source_id order by event_at, event_id
            ) as before
            from user_follow_action
        ) where action = before""",
    "an answer without a value, or a value without an answer": """
        select * from user_survey_response where is_answered = (response_value is null)""",
    "anything of a reader who has removed the app": """
        select * from feed_session_start as starts join app_uninstall as gone using (user_id)
        where cast(starts.event_at as date) >= cast(gone.event_at as date)""",
}


@pytest.mark.parametrize("what", CONTRADICTIONS)
def test_the_clean_events_never_hold(what: str) -> None:
    assert not world().execute(CONTRADICTIONS[what]).fetchmany(3), what


# What happens, and how often at least.
HAPPENINGS = {
    "sessions without an end": (
        8,
        """
        select session_id from feed_session_start anti join feed_session_end using (session_id)
        """,
    ),
    "sessions that are not scrolled": (
        12,
        "select session_id from feed_session_start anti join feed_scroll using (session_id)",
    ),
    "items that are hidden": (
        20,
        "select * from item_interaction_in_feed where interaction_type = 'hide'",
    ),
    "items with a like and a comment": (
        50,
        """
        select impression_id from item_interaction_in_feed
        where interaction_type in ('like', 'comment') group by impression_id
        having count(distinct interaction_type) = 2
        """,
    ),
    "follows from the feed": (
        30,
        "select * from user_follow_action where action = 'follow' and impression_id is not null",
    ),
    "follows from elsewhere": (
        15,
        "select * from user_follow_action where action = 'follow' and impression_id is null",
    ),
    "harmful items": (500, "select * from item_impression_in_feed where harm_score > 0.5"),
    "readers who are asked and do not answer": (
        200,
        "select * from user_survey_response where not is_answered",
    ),
    "a source twice in one feed": (
        300,
        """
        select session_id from item_impression_in_feed group by session_id, source_id
        having count(*) > 1
        """,
    ),
}


@pytest.mark.parametrize("what", HAPPENINGS)
def test_traps_occur_often_enough(what: str) -> None:
    least, query = HAPPENINGS[what]
    assert count(world(), query) >= least


def test_variants_are_as_planned_among_readers_who_are_alike() -> None:
    shares = dict(
        world()
        .execute(
            """
            select variant, count(distinct user_id) from feed_session_start
            where variant is not null group by 1
            """
        )
        .fetchall()
    )
    readers = sum(shares.values())
    assert readers > 85
    assert abs(shares["control"] - shares["diversified"]) <= 6
    assert abs(shares["chronological"] / readers - 0.2) < 0.05
