"""Files: which one a user wants, and which ones the panel suggests."""

from dataclasses import dataclass

import numpy as np

from scripts.worlds.cloud_storage.population import Population
from scripts.worlds.cloud_storage.settings import FAVOURITES, PANEL_FILES, Model
from scripts.worlds.cloud_storage.world import World
from scripts.worlds.envelope import Booleans, Integers
from scripts.worlds.kit.day import Day

# Favourites are wanted by a law of Zipf, and other files the sooner after they came.
_FAVOURITE_WEIGHTS = 1 / np.arange(1, FAVOURITES + 1)
_FAVOURITE_SHARES = tuple(_FAVOURITE_WEIGHTS / _FAVOURITE_WEIGHTS.sum())
_FORGOTTEN = 0.09
# The panel guesses among the favourites and the newest files.
_NEWEST = 6
_GUESS_WEIGHTS = np.log(np.append(_FAVOURITE_WEIGHTS, np.full(_NEWEST, 0.12)))


@dataclass(frozen=True)
class Wanted:
    """Files that users want, one entry each.

    Attributes:
        slot: place among the user's files, favourites first and newest last.
        file: number of the file.
        favourite: whether it is one of the user's favourites.
    """

    slot: Integers
    file: Integers
    favourite: Booleans


def _numbers(population: Population, user: Integers, slot: Integers) -> Integers:
    """Give the numbers of users' files; which of them are favourites does not show."""
    kept = population.keepers[user, np.minimum(slot, FAVOURITES - 1)]
    keeper = np.where(slot < FAVOURITES, kept, user)
    turned = (slot + 7 * population.others[keeper]) % population.files[keeper]
    return np.asarray(1 + population.first_file[keeper] + turned)


def want(world: World, day: Day, user: Integers) -> Wanted:
    """Draw the file that each of some users wants."""
    size = len(user)
    favourite = day.chance(world.causes.wants_favourite, size)
    place = day.one_of(_FAVOURITE_SHARES, size)
    available = world.population.other_files(day.number)[user]
    age = np.minimum(day.generator.geometric(_FORGOTTEN, size) - 1, available - 1)
    slot = np.where(favourite, place, FAVOURITES + available - 1 - age)
    return Wanted(slot=slot, file=_numbers(world.population, user, slot), favourite=favourite)


def draw_ranks(day: Day, model: Model, favourite: Booleans) -> Integers:
    """Draw the rank, from 1, at which wanted files are suggested, 0 where they are not."""
    size = len(favourite)
    listed = day.chance(np.where(favourite, model.favourite, model.other), size)
    return np.where(listed, 1 + day.one_of(model.ranks, size), 0)


def suggest(world: World, day: Day, user: Integers, wanted: Wanted, rank: Integers) -> Integers:
    """Fill panels with different files, shape (panels, PANEL_FILES).

    The wanted file is at its rank, and nowhere if that is 0.
    """
    newest = world.population.other_files(day.number)[user][:, None] - 1 - np.arange(_NEWEST)
    favourites = np.broadcast_to(np.arange(FAVOURITES), (len(user), FAVOURITES))
    slots = np.concatenate([favourites, FAVOURITES + newest], axis=1)
    # The largest of weights with Gumbel noise are a draw without replacement.
    appeal = _GUESS_WEIGHTS + day.generator.gumbel(size=slots.shape)
    appeal[slots == wanted.slot[:, None]] = -np.inf
    best = np.argsort(-appeal, axis=1)[:, :PANEL_FILES]
    suggested = np.take_along_axis(slots, best, axis=1)
    listed = np.flatnonzero(rank)
    suggested[listed, rank[listed] - 1] = wanted.slot[listed]
    return _numbers(world.population, user[:, None], suggested)
