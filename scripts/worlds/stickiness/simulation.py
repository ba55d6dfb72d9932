"""One day of the network: who comes, what they do, and who only swipes a message away."""

import numpy as np

from scripts.worlds.envelope import Integers
from scripts.worlds.kit.day import Day
from scripts.worlds.kit.groups import turns
from scripts.worlds.kit.habits import ByChance
from scripts.worlds.kit.hours import Hours
from scripts.worlds.kit.sessions import Sessions
from scripts.worlds.stickiness.population import again_chance, comings, creation_chance
from scripts.worlds.stickiness.settings import (
    BOT_MINUTES,
    COUNTRY_OFFSETS,
    LOCAL_HOURS,
    Causes,
)
from scripts.worlds.stickiness.world import World

VIEWS, INTERACTIONS = ByChance(4), ByChance(2)
"""How many things somebody looks at in a session, and how often they turn to others."""

PUSH = 1
_SOURCES = (0.7, 0.2, 0.1)
_ACTIVITIES = (0.75, 0.15, 0.1)
_CREATIONS = (0.35, 0.45, 0.2)
_KINDS_OF_INTERACTION = (0.6, 0.15, 0.2, 0.05)
_MOST_CONTENT = 400
_NOON = 12 * 3_600


def _hours(offset: int) -> Hours:
    """Give the rhythm of a day, by UTC, of those whose clocks are so many minutes ahead."""
    return Hours(*(LOCAL_HOURS[(hour + offset // 60) % 24] for hour in range(24)))


_HOURS = {offset: _hours(offset) for offset in sorted(set(COUNTRY_OFFSETS.values()))}


def _starts(world: World, day: Day, user: Integers, turn: Integers) -> Integers:
    """Draw when sessions start, by the clocks of their users."""
    start = np.zeros(len(user), dtype=np.int64)
    for offset, hours in _HOURS.items():
        here = world.population.offset[user] == offset
        start[here] = hours.starts(day, user[here], turn[here], world.population.users)
    return start


def session_seconds(causes: Causes, digest: np.ndarray) -> np.ndarray:
    """Give the usual seconds of a step in a session, where the digest has come and where not."""
    return causes.step_seconds * np.where(digest, causes.shorter, 1.0)


def view_rate(causes: Causes, digest: np.ndarray) -> np.ndarray:
    """Give how many things somebody usually looks at in a session."""
    return causes.views * np.where(digest, causes.shorter, 1.0)


def _begin(world: World, day: Day, user: Integers, turn: Integers) -> Sessions:
    """Begin sessions; a second one may keep the id of the first, and is then not logged."""
    causes, population = world.causes, world.population
    start = _starts(world, day, user, turn)
    keeps = (turn > 0) & day.chance(causes.keeps_session_id, len(user))
    number = world.sessions.where(~keeps)
    first = np.zeros(population.users, dtype=np.int64)
    first[user[turn == 0]] = number[turn == 0]
    number = np.where(keeps, first[user], number)
    day.log(
        "app_open",
        start,
        user,
        where=population.is_mobile[user],
        open_source=day.one_of(_SOURCES, len(user)),
    )
    day.log("session_start", start + 1, user, where=~keeps, session_id=number)
    return Sessions(day, number, user, start + 1, population.pace[user])


def _step(sessions: Sessions, who: Integers, seconds: np.ndarray) -> Integers:
    """Let sessions go on, and give how long it took."""
    before = sessions.now[who].copy()
    for usual in np.unique(seconds[who]):
        sessions.pass_time(who[seconds[who] == usual], float(usual))
    return np.asarray(sessions.now[who] - before)


def simulate_day(world: World, day: Day) -> None:
    """Simulate one UTC day; codes and indexes are spelled out in events.py."""
    causes, population = world.causes, world.population
    chance = comings(population, causes, day.number)
    comes = day.chance(chance, population.users)
    second = comes & day.chance(again_chance(causes, day.number), population.users)
    count = comes.astype(np.int64) + second
    user = np.repeat(np.arange(population.users), count)
    sessions = _begin(world, day, user, turns(count))
    digest = population.has_digest(day.number)[user]
    seconds, size = session_seconds(causes, digest), len(user)
    everybody = np.arange(size)

    _step(sessions, everybody, seconds)
    sessions.log(
        "user_active_event",
        everybody,
        activity_type=day.one_of(_ACTIVITIES, size),
        utc_offset_minutes=population.offset[user],
    )
    restarts = np.flatnonzero(day.chance(causes.restarts, size))
    sessions.number[restarts] = world.sessions.next(len(restarts))
    sessions.log("session_start", restarts)

    views = VIEWS.draw(view_rate(causes, digest), day.generator)
    for turn in range(int(views.max(initial=0))):
        who = np.flatnonzero(views > turn)
        lasted = _step(sessions, who, seconds)
        sessions.log(
            "content_viewed",
            who,
            content_id=day.between(1, _MOST_CONTENT, len(who)),
            view_duration_ms=1_000 * lasted - day.between(0, 1_000, len(who)),
            scroll_depth_percentage=day.between(5, 101, len(who)),
        )
    for feature, share in enumerate(causes.features):
        who = np.flatnonzero(day.chance(share, size))
        _step(sessions, who, seconds)
        sessions.log("feature_used", who, feature_name=feature)
    creates = creation_chance(population, causes, day.number)[user]
    who = np.flatnonzero(day.chance(creates, size))
    _step(sessions, who, seconds)
    sessions.log(
        "content_created",
        who,
        content_id=_MOST_CONTENT + world.contents.next(len(who)),
        creation_type=day.one_of(_CREATIONS, len(who)),
    )
    interactions = INTERACTIONS.draw(np.full(size, causes.interacts), day.generator)
    for turn in range(int(interactions.max(initial=0))):
        who = np.flatnonzero(interactions > turn)
        _step(sessions, who, seconds)
        kind = day.one_of(_KINDS_OF_INTERACTION, len(who))
        target = day.between(0, population.users, len(who))
        sessions.log(
            "social_interaction",
            who,
            # A like is of a post, and has no other user.
            target_user_id=np.where(kind == 0, -1, target),
            interaction_type=kind,
        )
    _swipe_pushes_away(world, day, comes)
    _run_bots(world, day)


def _swipe_pushes_away(world: World, day: Day, comes: np.ndarray) -> None:
    """Wake the app of some who do not come; some of these wakes look like a session."""
    causes, population = world.causes, world.population
    sent = (population.joined_day < day.number) & population.is_mobile & ~comes
    user = np.flatnonzero(sent & day.chance(causes.pushes, population.users))
    start = _starts(world, day, user, np.zeros_like(user))
    day.log("app_open", start, user, open_source=PUSH)
    starts = day.chance(causes.push_starts_session, len(user))
    number = world.sessions.where(starts)
    day.log("session_start", start + 1, user, where=starts, session_id=number)


def _run_bots(world: World, day: Day) -> None:
    """Let scripts act once a minute, always at the same second."""
    bots = world.population.bots_of(day.number)
    bot = np.repeat(bots, BOT_MINUTES)
    at = day.start + _NOON + bot % 60 + 60 * np.tile(np.arange(BOT_MINUTES), len(bots))
    day.log(
        "user_active_event",
        at,
        bot,
        # They begin no session.
        session_id=np.full(len(bot), -1),
        activity_type=0,
        utc_offset_minutes=world.population.offset[bot],
    )
