"""What lasts in a news-feed world while the days go by."""

from dataclasses import dataclass, field

from scripts.worlds.envelope import Booleans, Integers
from scripts.worlds.kit.habits import Regular
from scripts.worlds.kit.numbers import Numbers
from scripts.worlds.news_feed.population import Population
from scripts.worlds.news_feed.settings import Causes


@dataclass(frozen=True)
class World:
    """A news-feed world.

    Attributes:
        causes: its settings.
        population: readers and sources.
        coming: how readers come.
        follows: who follows whom now, shape (users, sources); updated.
        reach: impressions of each source on each day, shape (days, sources); updated.
        sessions, impressions: those so far.
    """

    causes: Causes
    population: Population
    coming: Regular
    follows: Booleans
    reach: Integers
    sessions: Numbers = field(default_factory=Numbers)
    impressions: Numbers = field(default_factory=Numbers)
