"""Readers and creators before anything happens: habits, tastes, and who is in which variant."""

from dataclasses import dataclass

import numpy as np

from scripts.worlds.envelope import WEB, Actors, Booleans, Floats, Integers
from scripts.worlds.kit.people import NEVER, around_one, draw_actors
from scripts.worlds.news_feed.settings import (
    ASSIGNMENT,
    CONTENT_TYPES,
    CONTROL,
    EXPERIMENT_DAY,
    PLANNED_WEEKS,
    POST_SECONDS,
    SOURCE_TYPES,
    SOURCES,
    TOPICS,
    VIDEO,
    Causes,
    Ranking,
)
from scripts.worlds.scenario import Arguments

_PLATFORM_SHARES = (0.4, 0.35, 0.25)
_BAIT_SOURCES = 12

TOPIC_OF_SOURCE = np.repeat(np.arange(len(TOPICS)), len(SOURCE_TYPES))
TYPE_OF_SOURCE = np.tile(np.array(SOURCE_TYPES), len(TOPICS))


@dataclass(frozen=True)
class Population:
    """The readers, one entry each, and the sources, one entry each.

    Attributes:
        sessions_per_day: sessions on an average day.
        activity: third of the readers by it, 0 for those who come least.
        variant: index into `VARIANTS`.
        leaves_day: day on which the reader uninstalls the app, `NEVER` for most.
        taste: share of each topic in what the reader cares for, shape (users, topics).
        type_taste: the same of types of content, shape (users, types).
        follows: whom the reader follows before the world, shape (users, sources).
        quality: how much the posts of a source appeal, around 1.
        harm: how harmful they are on average, between 0 and 1.
        posts_at: second of its period at which a source posts.
        actors: the readers, and the sources after them.
    """

    sessions_per_day: Floats
    activity: Integers
    variant: Integers
    leaves_day: Integers
    taste: Floats
    type_taste: Floats
    follows: Booleans
    quality: Floats
    harm: Floats
    posts_at: Integers
    actors: Actors

    @property
    def users(self) -> int:
        """Number of readers."""
        return len(self.variant)

    @property
    def on_web(self) -> Booleans:
        """Who reads in a browser, shape (users,)."""
        return np.asarray(self.actors.platform[: self.users] == WEB)

    def sessions(self, causes: Causes, day: int) -> Floats:
        """Give the sessions of a day, on average, shape (users,)."""
        rate = self.sessions_per_day * causes.weekday[day % 7]
        return np.where(day < self.leaves_day, rate, 0.0)

    def ranking(self, day: int) -> Integers:
        """Give whose ranking each reader sees: before the experiment everybody the control's."""
        return self.variant if day >= EXPERIMENT_DAY else np.full(self.users, CONTROL)


def week_of(day: int) -> int:
    """Give the week of the experiment, the first one before it, and its last one after it."""
    return min(max((day - EXPERIMENT_DAY) // 7, 0), PLANNED_WEEKS - 1)


def _assign(generator: np.random.Generator, habit: Floats, platform: Integers) -> Integers:
    """Draw the variants, of each five who are alike as many as planned.

    Args:
        generator: source of chance.
        habit: how often each reader comes.
        platform: where; who reads in a browser reads on.
    """
    count = len(habit)
    blocks = -(-count // len(ASSIGNMENT))
    order = np.argsort(generator.random((blocks, len(ASSIGNMENT))), axis=1)
    variant = np.empty(count, dtype=np.int64)
    variant[np.lexsort((habit, platform == WEB))] = np.array(ASSIGNMENT)[order].ravel()[:count]
    return variant


def _follows(generator: np.random.Generator, causes: Causes, taste: Floats) -> Booleans:
    """Draw whom each reader follows: sources of topics that the reader cares for."""
    wish = np.log(taste[:, TOPIC_OF_SOURCE] + 0.02) + generator.gumbel(size=(len(taste), SOURCES))
    least = np.sort(wish, axis=1)[:, -causes.followed]
    return np.asarray(wish >= least[:, None])


def populate(arguments: Arguments, causes: Causes) -> Population:
    """Draw the readers and the creators of a world."""
    generator = np.random.default_rng([arguments.seed, 0])
    users = arguments.users
    habit = around_one(generator, causes.habit_spread, users)
    heavy = generator.permutation(users) < round(causes.heavy_share * users)
    habit = habit * np.where(heavy, causes.heavy_times, 1.0)
    ranks = np.argsort(np.argsort(habit))
    platform = generator.choice(len(_PLATFORM_SHARES), users + SOURCES, p=_PLATFORM_SHARES)
    leaving = generator.permutation(users) < round(causes.leaves * users)
    days = generator.integers(10, arguments.days, users)
    taste = generator.dirichlet(np.full(len(TOPICS), causes.taste_concentration), users)
    bait = generator.permutation(SOURCES) < _BAIT_SOURCES
    harm = np.where(
        bait, generator.uniform(0.5, 0.85, SOURCES), generator.uniform(0.1, 0.3, SOURCES)
    )
    return Population(
        sessions_per_day=causes.sessions_per_day * habit,
        activity=3 * ranks // users,
        variant=_assign(generator, habit, platform[:users]),
        leaves_day=np.where(leaving, days, NEVER),
        taste=taste,
        type_taste=generator.dirichlet(np.array(causes.type_taste), users),
        follows=_follows(generator, causes, taste),
        quality=generator.uniform(0.9, 1.1, SOURCES),
        harm=harm,
        posts_at=generator.integers(0, POST_SECONDS, SOURCES),
        actors=draw_actors(generator, {"u": users, "c": SOURCES}, platform),
    )


def relevance(causes: Causes, taste: Floats) -> Floats:
    """Give how much topics mean to readers: half of all that one cares for means everything."""
    return causes.indifferent + (1 - causes.indifferent) * np.minimum(taste / 0.5, 1.0)


def source_odds(population: Population, ranking: Ranking, week: int, users: Integers) -> Floats:
    """Give the odds of each source to fill a place in some readers' feeds, (users, sources).

    Args:
        population: everybody.
        ranking: how the feed is filled.
        week: week of the experiment.
        users: the readers.
    """
    taste = population.taste[users] ** (ranking.focus + ranking.narrows * week)
    topics = taste / taste.sum(axis=1, keepdims=True)
    topics = (1 - ranking.mixed) * topics + ranking.mixed / len(TOPICS)
    liked = population.type_taste[users] ** ranking.likes_types
    liked = liked * np.where(np.arange(len(CONTENT_TYPES)) == VIDEO, ranking.videos, 1.0)
    weight = liked[:, TYPE_OF_SOURCE] * np.where(population.follows[users], ranking.follows, 1.0)
    weight = weight * (1 + ranking.bait * population.harm)
    of_topic = weight.reshape(len(users), len(TOPICS), len(SOURCE_TYPES))
    of_topic = of_topic / of_topic.sum(axis=2, keepdims=True)
    return np.asarray((topics[:, :, None] * of_topic).reshape(len(users), SOURCES))
