"""The columns that open every event, and how long an event takes to arrive."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from scripts.worlds.scenario import FIRST_DAY

Integers = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Booleans = npt.NDArray[np.bool_]

SECONDS_PER_DAY = 86_400
RELEASE_EVERY_DAYS = 28
PLATFORMS = ("ios", "android", "web")

_FIRST_INSTANT = datetime.combine(FIRST_DAY, datetime.min.time())
_EPOCH_SECONDS = (_FIRST_INSTANT - datetime(1970, 1, 1)) // timedelta(seconds=1)


@dataclass(frozen=True)
class Actors:
    """Everybody who can act in a world, one entry each.

    Attributes:
        identifier: strings, the user ids.
        platform: index into `PLATFORMS`, shape (actors,).
        country: strings, ISO 3166 two-letter codes.
        release_lag: how many app releases this device is behind, shape (actors,).
    """

    identifier: pa.Array
    platform: Integers
    country: pa.Array
    release_lag: Integers


def identifiers(prefix: str, numbers: Integers, width: int) -> pa.Array:
    """Turn numbers into ids such as `r000017`; negative numbers become null.

    Numbers that need more digits than `width` keep them all.
    """
    present = pa.array(numbers, mask=numbers < 0)
    padded = pc.utf8_lpad(pc.cast(present, pa.string()), width=width, padding="0")
    return pc.binary_join_element_wise(pa.scalar(prefix), padded, "")


def timestamps(seconds: Integers) -> pa.Array:
    """Turn seconds since the start of the world into UTC timestamps without a zone."""
    return pa.array(seconds + _EPOCH_SECONDS).cast(pa.timestamp("s"))


def choose(values: tuple[str, ...], codes: Integers) -> pa.Array:
    """Turn codes into the strings they stand for; negative codes become null."""
    return pa.array(values).take(pa.array(codes, mask=codes < 0))


def delays(generator: np.random.Generator, size: int, client: bool) -> Integers:
    """Draw the seconds between an event and its arrival, shape (size,).

    A server is always connected. A client mostly is, but one event in fifty waits on a device
    that is offline for up to some hours.
    """
    if not client:
        return generator.integers(1, 6, size)
    online = generator.exponential(8.0, size)
    offline = generator.exponential(3_000.0, size).clip(max=6 * 3_600)
    seconds = 1 + np.where(generator.random(size) < 0.02, offline, online)
    return np.asarray(seconds, dtype=np.int64)


def envelope(
    event_ids: pa.Array, at: Integers, delay: Integers, actor: Integers, actors: Actors, end: int
) -> dict[str, pa.Array]:
    """Build the seven envelope columns.

    Args:
        event_ids: ids of the events, length n.
        at: seconds since the start of the world, all before `end`, shape (n,).
        delay: seconds until the event arrived, shape (n,).
        actor: index into `actors`, shape (n,).
        actors: everybody in the world.
        end: seconds at which the world ends; what would arrive later arrives just before it.
    """
    platform = actors.platform[actor]
    release = (at // SECONDS_PER_DAY) // RELEASE_EVERY_DAYS - actors.release_lag[actor]
    latest = int(release.max(initial=0))
    versions = tuple(f"4.{minor}" for minor in range(latest + 1))
    return {
        "event_id": event_ids,
        "event_at": timestamps(at),
        "received_at": timestamps(np.minimum(at + delay, end - 1)),
        "user_id": actors.identifier.take(pa.array(actor)),
        "platform": choose(PLATFORMS, platform),
        "app_version": choose(versions, release.clip(min=0)),
        "country": actors.country.take(pa.array(actor)),
    }
