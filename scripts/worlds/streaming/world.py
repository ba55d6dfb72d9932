"""What lasts in a streaming world while the days go by."""

from dataclasses import dataclass, field

import numpy as np

from scripts.worlds.envelope import Booleans, Floats, Integers
from scripts.worlds.kit.numbers import Numbers
from scripts.worlds.streaming.catalogue import TITLES
from scripts.worlds.streaming.population import Population
from scripts.worlds.streaming.settings import Causes

# Codes; events.py lists the names they stand for in the same order.
NEW_SUB, CHURN, UPGRADE, DOWNGRADE = range(4)
BROWSE, SEARCH, RECOMMENDATION, WATCHLIST, CONTINUE_WATCHING, AUTOPLAY = range(6)
ADULT, KIDS_PROFILE = range(2)
SKIP_INTRO, SEEK_FORWARD, PAUSE = range(3)
ADD, REMOVE = range(2)
DOWNLOAD, PROFILE_CREATION, WATCHLIST_ADD = range(3)
NONE = -1


@dataclass(frozen=True)
class World:
    """A streaming world; arrays have one entry for each user.

    Attributes:
        causes: its settings.
        population: the users.
        plan: plan of each, or `NONE`.
        tried, completed: titles that somebody has tried and has seen to their end, shape (users,
            titles).
        series, episode: the series that somebody is in the midst of, or `NONE`, and its next
            episode, from 0 on.
        paused_film, paused_at: the film that somebody has not finished, or `NONE`, and the part of
            it that is watched.
        wish, keeps: a title on the list, or `NONE`, and whether the user means it.
        premieres: for each day to come, the users who come for a premiere, and for which.
        sessions, playbacks: those so far.
    """

    causes: Causes
    population: Population
    plan: Integers
    tried: Booleans
    completed: Booleans
    series: Integers
    episode: Integers
    paused_film: Integers
    paused_at: Floats
    wish: Integers
    keeps: Booleans
    premieres: dict[int, list[tuple[Integers, int]]] = field(default_factory=dict)
    sessions: Numbers = field(default_factory=Numbers)
    playbacks: Numbers = field(default_factory=Numbers)


def begin(population: Population, causes: Causes) -> World:
    """Begin a world in which nobody has watched anything."""
    users = population.users
    return World(
        causes=causes,
        population=population,
        plan=np.full(users, NONE),
        tried=np.zeros((users, len(TITLES)), dtype=bool),
        completed=np.zeros((users, len(TITLES)), dtype=bool),
        series=np.full(users, NONE),
        episode=np.zeros(users, dtype=np.int64),
        paused_film=np.full(users, NONE),
        paused_at=np.zeros(users),
        wish=np.full(users, NONE),
        keeps=np.zeros(users, dtype=bool),
    )
