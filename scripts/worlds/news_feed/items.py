"""What fills the feeds of one day: which source, which of its posts, and at which place."""

from dataclasses import dataclass

import numpy as np

from scripts.worlds.envelope import Booleans, Floats, Integers
from scripts.worlds.kit.day import Day
from scripts.worlds.kit.groups import turns
from scripts.worlds.news_feed.population import (
    TOPIC_OF_SOURCE,
    TYPE_OF_SOURCE,
    relevance,
    source_odds,
    week_of,
)
from scripts.worlds.news_feed.settings import (
    HARM_APPEALS,
    HARM_NOISE,
    PAST_POSTS,
    POST_SECONDS,
    SOURCES,
    TOPICS,
)
from scripts.worlds.news_feed.world import World

_POSTS = 1_000
_OLDEST = 8


@dataclass(frozen=True)
class Items:
    """The items of a day's feeds, one entry each, session by session from the top.

    Attributes:
        session: index of its session.
        position: its place, from 1 on.
        ranking: index of what has filled the feed.
        source, topic, content_type, item: what it is.
        created: when it was posted, in seconds since the start of the world.
        harm: how harmful it is.
        contractable: whether only its beginning is shown.
        followed: whether the reader follows its source, as of the start of the day.
        earlier_of_topic: items of its topic above it.
        score: what the ranking expects of it.
        affinity: what the reader's taste alone makes one expect, whichever ranking there is.
    """

    session: Integers
    position: Integers
    ranking: Integers
    source: Integers
    topic: Integers
    content_type: Integers
    item: Integers
    created: Integers
    harm: Floats
    contractable: Booleans
    followed: Booleans
    earlier_of_topic: Integers
    score: Floats
    affinity: Floats


def _part_of(item: Integers, salt: int) -> Floats:
    """Give each item a number between 0 and 1 of its own, always the same."""
    mixed = (item * 7_919 + salt * 104_729) * 2_654_435_761 % 2**32
    return np.asarray(mixed / 2**32)


def _sources(
    world: World, day: Day, user: Integers, ranking: Integers, session: Integers
) -> Integers:
    """Draw the source of each item, by the odds of its reader's ranking."""
    until = np.empty((len(user), SOURCES))
    for code, settings in enumerate(world.causes.rankings):
        own = ranking == code
        odds = source_odds(world.population, settings, week_of(day.number), user[own])
        until[own] = np.cumsum(odds, axis=1)
    point = day.generator.random(len(session))
    drawn = (until[session] < point[:, None]).sum(axis=1)
    return np.asarray(np.minimum(drawn, SOURCES - 1))


def show(
    world: World, day: Day, user: Integers, ranking: Integers, length: Integers, start: Integers
) -> Items:
    """Fill the feeds of some sessions.

    Args:
        world: the world.
        day: the day.
        user: the reader of each session.
        ranking: what fills its feed.
        length: how many items are shown in it.
        start: when it starts.
    """
    causes, population = world.causes, world.population
    session = np.repeat(np.arange(len(user)), length)
    who, of_ranking = user[session], ranking[session]
    source = _sources(world, day, user, ranking, session)
    topic = TOPIC_OF_SOURCE[source]
    late = np.array([each.late for each in causes.rankings])[of_ranking]
    older = np.minimum(day.generator.geometric(1 - late) - 1, _OLDEST)
    since = start[session] - population.posts_at[source] + PAST_POSTS * POST_SECONDS
    slot = since // POST_SECONDS - older
    item = _POSTS * source + slot
    harm = population.harm[source] + HARM_NOISE * (2 * _part_of(item, 1) - 1)
    means = relevance(causes, population.taste[who, topic])
    score = causes.appeals * means * population.quality[source] * (1 + HARM_APPEALS * harm)
    key = session * len(TOPICS) + topic
    order = np.argsort(key, kind="stable")
    earlier = np.empty(len(key), dtype=np.int64)
    earlier[order] = turns(np.bincount(key, minlength=len(user) * len(TOPICS)))
    return Items(
        session=session,
        position=turns(length) + 1,
        ranking=of_ranking,
        source=source,
        topic=topic,
        content_type=TYPE_OF_SOURCE[source],
        item=item,
        created=(slot - PAST_POSTS) * POST_SECONDS + population.posts_at[source],
        harm=harm,
        contractable=_part_of(item, 2) < causes.contractable,
        followed=world.follows[who, source],
        earlier_of_topic=earlier,
        score=np.minimum(score, 1.0),
        affinity=means,
    )
