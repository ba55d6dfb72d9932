"""What lasts in a short-video world while the days go by."""

from dataclasses import dataclass, field

from scripts.worlds.envelope import Integers
from scripts.worlds.kit.numbers import Numbers
from scripts.worlds.short_video.places import Places
from scripts.worlds.short_video.population import Population
from scripts.worlds.short_video.settings import CATALOGUE, Causes
from scripts.worlds.short_video.sharing import Sharing


@dataclass(frozen=True)
class World:
    """A short-video world.

    Attributes:
        causes: its settings.
        population: the users.
        sharing: posts and their shares.
        places: where they are.
        used_since: day on which each user took up reels, `NEVER` before; updated.
        sessions, views, flows, reels, posts, images: those so far.
    """

    causes: Causes
    population: Population
    sharing: Sharing
    places: Places
    used_since: Integers
    sessions: Numbers = field(default_factory=Numbers)
    views: Numbers = field(default_factory=Numbers)
    flows: Numbers = field(default_factory=Numbers)
    reels: Numbers = field(default_factory=lambda: Numbers(CATALOGUE))
    posts: Numbers = field(default_factory=Numbers)
    images: Numbers = field(default_factory=Numbers)
