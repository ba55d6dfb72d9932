"""What is special about the short-video worlds: visits hang together, what is planted is there."""

from __future__ import annotations

from functools import cache

import duckdb
import pytest

from tests.python.worlds import clean, count


@cache
def world() -> duckdb.DuckDBPyConnection:
    """Give the committed world before its faults, with a view of what happens in sessions."""
    connection = clean("short_video")
    connection.execute(
        """
        create view in_sessions as
        select user_id, session_id, event_at from feature_interaction
        union all select user_id, session_id, event_at from main_feed_time_spent
        union all select user_id, session_id, event_at from stories_viewed
        union all select user_id, session_id, event_at from reel_session_summary
        union all select user_id, session_id, event_at from user_active_session_start
        union all select user_id, session_id, event_at from content_creation
        """
    )
    return connection


CONTRADICTIONS = {
    "a session that starts twice": """
        select session_id from user_session_start group by session_id having count(*) > 1""",
    "something in a session that has not started": """
        select * from in_sessions left join user_session_start as starts using (session_id, user_id)
        where starts.event_at is null or starts.event_at > in_sessions.event_at""",
    "two interactions of a session with one number": """
        select session_id from feature_interaction group by session_id, sequence_no
        having count(*) > 1""",
    "an interaction that comes before one with a lower number": """
        select * from (
            select event_at < lag(event_at) over (partition by session_id order by sequence_no) as b
            from feature_interaction
        ) where b""",
    "a summary that its views do not add up to": """
        select * from reel_session_summary join (
            select session_id, sum(views_represented) as views from reel_view_impression group by 1
        ) using (session_id) where views <> total_reels_viewed""",
    "time in reels that differs between the logs": """
        select * from reel_session_summary join (
            select session_id, sum(time_spent_on_interaction_ms) as spent from feature_interaction
            where feature_name = 'Reels' and interaction_type = 'view' group by 1
        ) using (session_id) where spent <> total_watch_time_ms_in_reels""",
    "time in the feed that differs between the logs": """
        select * from main_feed_time_spent join (
            select session_id, sum(time_spent_on_interaction_ms) as spent from feature_interaction
            where feature_name = 'Feed' and interaction_type = 'view' group by 1
        ) using (session_id) where spent <> duration_ms""",
    "progress or an interaction without its view": """
        select view_id, user_id from reel_view_progress
        union all select view_id, user_id from reel_interaction
        except select view_id, user_id from reel_view_impression""",
    "a reel in a session before it came to the country": """
        select * from reel_view_impression where session_id is not null
            and event_at < date '2026-02-02'
                + 7 * (list_position(['US', 'BR', 'IN', 'GB'], country) - 1)""",
    "a published reel whose tools were not used": """
        select * from reel_published as reels where len(tools_used_list) <> (
            select count(distinct tool_name) from reel_tool_used as tools
            where tools.reel_session_id = reels.reel_session_id
        )""",
    "a post that is shared before it was published": """
        select * from content_shared join content_created as posts using (content_id_original)
        where content_shared.event_at < posts.event_at""",
    "a share of a share that is of another post, or not one step further, or came first": """
        select * from content_shared as shares left join content_shared as parents
            on parents.shared_instance_id = shares.parent_shared_instance_id
        where shares.share_depth <> coalesce(parents.share_depth, 0) + 1
            or shares.content_id_original <> coalesce(
                parents.content_id_original, shares.content_id_original
            )
            or shares.event_at < parents.event_at""",
    "a share that is seen before it was made, or is one of another post": """
        select * from view_on_content as views left join content_shared as shares
            using (shared_instance_id)
        where shared_instance_id is not null and (
            shares.event_at is null or shares.event_at > views.event_at
            or shares.content_id_original <> views.content_id_original
        )""",
    "a view of a link outside": """
        select * from view_on_content join content_shared using (shared_instance_id)
        where share_platform = 'external_link'""",
    "an engagement where nobody has seen anything": """
        select * from engagement_on_content anti join view_on_content
            using (user_id, content_id_original)""",
    "a sharer who has not seen what is shared": """
        select * from content_shared anti join view_on_content
            using (user_id, content_id_original)""",
    "a post that is seen by its creator, or by who has not signed up": """
        select * from view_on_content as views
        left join user_signup_completed as signups using (user_id)
        left join content_created as posts
            on posts.content_id_original = views.content_id_original
                and posts.user_id = views.user_id and views.shared_instance_id is null
        where signups.event_at > views.event_at
            or (posts.user_id is not null and views.referrer_shared_instance_id is null)""",
    "a post that is seen more than a week after it was published": """
        select * from view_on_content as views join content_created as posts
            using (content_id_original)
        where views.event_at > posts.event_at + interval 7 day""",
    "an address that the table of prefixes does not have": """
        select ip_address from ip_address_seen
        anti join ip_prefixes on starts_with(ip_address, prefix)""",
    "a visit in which no address is seen": """
        select user_id, event_at from user_session_start
        except select user_id, event_at from ip_address_seen""",
    "a point that the web has read from a phone": """
        select * from app_session_start_with_gps where platform = 'web'
        union all by name select * from network_change where platform = 'web'""",
    "a survey's answer of a move without its day, or of none with one": """
        select * from user_profile_location_update where declared_via = 'survey'
            and (new_city <> old_city) <> (lives_there_since is not null)""",
    "a user who is asked twice": """
        select user_id from user_profile_location_update where declared_via = 'survey'
        group by user_id having count(*) > 1""",
    "a signup that nothing follows": """
        select user_id from user_signup_completed
        except select user_id from user_session_start""",
}


@pytest.mark.parametrize("what", CONTRADICTIONS)
def test_the_clean_events_never_hold(what: str) -> None:
    assert not world().execute(CONTRADICTIONS[what]).fetchmany(3), what


# What happens, and how often at least.
HAPPENINGS = {
    "sessions that go on after midnight": (
        15,
        """
        select distinct session_id from in_sessions join user_session_start as starts
            using (session_id)
        where cast(in_sessions.event_at as date) > cast(starts.event_at as date)
        """,
    ),
    "reels that are watched again at once": (
        300,
        "select * from reel_view_progress where is_rewatch",
    ),
    "likes that are taken back": (
        5,
        "select * from reel_interaction where interaction_type = 'unlike'",
    ),
    "reels without a tool": (15, "select * from reel_published where len(tools_used_list) = 0"),
    "signups after a reel that was shared": (
        5,
        """
        select * from reel_view_impression as views join user_signup_completed as signups
            using (user_id) where views.event_at < signups.event_at and views.view_source = 'share'
        """,
    ),
    "sessions that come back to the feed": (
        100,
        """
        select session_id from feature_interaction
        where feature_name = 'Feed' and interaction_type = 'view' group by session_id
        having count(*) > 1
        """,
    ),
    "shares of shares": (30, "select * from content_shared where share_depth > 1"),
    "chains of four shares and more": (5, "select * from content_shared where share_depth > 3"),
    "clicks from a share to the post": (
        40,
        "select * from view_on_content where referrer_shared_instance_id is not null",
    ),
    "views that are logged as engagements": (
        200,
        "select * from engagement_on_content where engagement_type = 'view'",
    ),
    "people who see both a post and a share of it": (
        30,
        """
        select user_id, content_id_original from view_on_content group by all
        having count(shared_instance_id) between 1 and count(*) - 1
        """,
    ),
    "points that are far from every city": (
        20,
        """
        select * from app_session_start_with_gps where not exists (
            select 1 from cities where abs(latitude - lat) < 1 and abs(longitude - lon) < 1
        )
        """,
    ),
    "addresses of gateways and VPNs that are known for such": (
        100,
        """
        select * from ip_address_seen join ip_prefixes on starts_with(ip_address, prefix)
        where line <> 'fixed'
        """,
    ),
    "networks beside a phone that says where it is": (
        100,
        """
        select * from network_change join app_session_start_with_gps as gps using (user_id)
        where abs(epoch(network_change.event_at - gps.event_at)) < 60
        """,
    ),
    "moves that the profile is told of, and those that it is not": (
        10,
        """
        select * from user_profile_location_update as answers
        where declared_via = 'survey' and new_city <> old_city and not exists (
            select 1 from user_profile_location_update as told
            where told.declared_via = 'profile' and told.user_id = answers.user_id
        )
        """,
    ),
    "drafts that no reel comes of": (
        10,
        """
        select * from reel_draft_saved anti join reel_published using (reel_session_id)
        """,
    ),
}


@pytest.mark.parametrize("what", HAPPENINGS)
def test_traps_occur_often_enough(what: str) -> None:
    least, query = HAPPENINGS[what]
    assert count(world(), query) >= least
