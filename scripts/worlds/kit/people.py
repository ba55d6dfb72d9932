"""Users before anything happens: when they join, what they are like, and what their ids say."""

import numpy as np
import pyarrow as pa

from scripts.worlds.envelope import Actors, Floats, Integers, choose, identifiers
from scripts.worlds.scenario import Arguments

NEVER = 1 << 30
"""A day that no world reaches."""

COUNTRIES = ("US", "GB", "DE", "FR", "IN", "BR")
_COUNTRY_SHARES = (0.34, 0.16, 0.15, 0.11, 0.14, 0.10)
# Most devices have the newest release, some are one or two behind.
_RELEASE_LAGS = (0.7, 0.2, 0.1)


def joined_days(
    generator: np.random.Generator, arguments: Arguments, share: float, first: int = 0
) -> Integers:
    """Draw the day on which each user joins, -1 for those from before the world, shape (users,).

    Args:
        generator: source of chance.
        arguments: those of the world.
        share: part of the users who join in the world.
        first: first day on which they do.
    """
    joining = generator.random(arguments.users) < share
    days = generator.integers(first, arguments.days, arguments.users)
    return np.where(joining, days, -1)


def around_one(generator: np.random.Generator, spread: float, count: int) -> Floats:
    """Draw factors of mean 1, lognormal with the given standard deviation of their logarithm."""
    return generator.lognormal(-(spread**2) / 2, spread, count)


def shares_around(
    generator: np.random.Generator, mean: float | Floats, concentration: float, count: int
) -> Floats:
    """Draw shares of the given mean, beta distributed, the closer to it the more concentrated."""
    return generator.beta(concentration * mean, concentration * (1 - mean), count)


def shuffled_ids(generator: np.random.Generator, kinds: dict[str, int], width: int = 5) -> pa.Array:
    """Give ids such as `u00017` in random order, so that an id says nothing about who it is.

    Args:
        generator: source of chance.
        kinds: how many ids start with each prefix. Where there are many they are equally long,
            which makes them cheap to write.
        width: fewest digits.
    """
    width = max(width, len(str(max(kinds.values()))))
    return pa.concat_arrays(
        [
            identifiers(prefix, 1 + generator.permutation(count), width)
            for prefix, count in kinds.items()
        ]
    )


def release_lags(generator: np.random.Generator, count: int) -> Integers:
    """Draw how many releases each device is behind."""
    return np.asarray(generator.choice(len(_RELEASE_LAGS), count, p=_RELEASE_LAGS))


def draw_countries(generator: np.random.Generator, count: int) -> pa.Array:
    """Draw the country of each user."""
    return choose(COUNTRIES, generator.choice(len(COUNTRIES), count, p=_COUNTRY_SHARES))


def draw_actors(
    generator: np.random.Generator,
    kinds: dict[str, int],
    platform: Integers | tuple[float, ...],
    country: pa.Array | None = None,
) -> Actors:
    """Draw everybody who can act.

    Args:
        generator: source of chance.
        kinds: how many there are of each kind, by the prefix of its ids, one kind after another.
        platform: their platforms, or the shares of `PLATFORMS` among them.
        country: their countries, if they are drawn already.
    """
    count = sum(kinds.values())
    country = draw_countries(generator, count) if country is None else country
    return Actors(
        identifier=shuffled_ids(generator, kinds),
        platform=generator.choice(len(platform), count, p=platform)
        if isinstance(platform, tuple)
        else platform,
        country=country,
        release_lag=release_lags(generator, count),
    )
