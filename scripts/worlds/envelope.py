"""The columns that open every event, and how long an event takes to arrive."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

Integers = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Booleans = npt.NDArray[np.bool_]

FIRST_DAY = date(2026, 1, 5)
"""Every world starts on this Monday at 00:00 UTC."""

SECONDS_PER_DAY = 86_400
RELEASE_EVERY_DAYS = 28
PLATFORMS = ("ios", "android", "web")
IOS, ANDROID, WEB = range(len(PLATFORMS))

_FIRST_INSTANT = datetime.combine(FIRST_DAY, datetime.min.time())
_EPOCH_SECONDS = (_FIRST_INSTANT - datetime(1970, 1, 1)) // timedelta(seconds=1)

_POWERS = 10 ** np.arange(1, 19)
_GROUP = 4
_DIGITS = np.array([f"{number:04d}" for number in range(10**_GROUP)], dtype=f"S{_GROUP}")
_DIGITS = _DIGITS.view(np.uint32)


@dataclass(frozen=True)
class Actors:
    """Everybody who can act in a world, one entry each.

    Attributes:
        identifier: strings, the user ids.
        platform: index into `PLATFORMS`, shape (actors,).
        country: dictionary of ISO 3166 two-letter codes.
        release_lag: how many app releases this device is behind, shape (actors,).
    """

    identifier: pa.Array
    platform: Integers
    country: pa.Array
    release_lag: Integers

    def ids(self, actor: Integers) -> pa.Array:
        """Give the ids of some actors, by their indexes."""
        if self._fixed is None:
            return self.identifier.take(pa.array(actor))
        width = self._fixed.itemsize
        offsets = np.arange(0, (len(actor) + 1) * width, width, dtype=np.int32)
        texts = self._fixed.take(actor)
        return pa.StringArray.from_buffers(len(actor), pa.py_buffer(offsets), pa.py_buffer(texts))

    @cached_property
    def _fixed(self) -> np.ndarray | None:
        """The ids as bytes, which are picked five times as fast, if all are equally long."""
        width = len(self.identifier[0].as_py())
        if not pc.all(pc.equal(pc.binary_length(self.identifier), width)).as_py():
            return None
        return np.frombuffer(self.identifier.buffers()[2], f"V{width}", len(self.identifier))


def identifiers(prefix: str, numbers: Integers, width: int) -> pa.Array:
    """Turn numbers into ids such as `r000017`; negative numbers become null.

    Numbers that need more digits than `width` keep them all. Digits are looked up by the column,
    which takes a quarter of the time of padding one text after the other.
    """
    present = numbers >= 0
    values = numbers if present.all() else numbers[present]
    most = max(width, len(str(values.max(initial=0))))
    groups = -(-most // _GROUP)
    padded = np.empty((len(values), groups), _DIGITS.dtype)
    for group in reversed(range(groups)):
        rest = values // 10**_GROUP
        padded[:, group] = _DIGITS.take(values - rest * 10**_GROUP)
        values = rest
    text = np.empty((len(values), len(prefix) + most), np.uint8)
    text[:, : len(prefix)] = np.frombuffer(prefix.encode(), np.uint8)
    text[:, len(prefix) :] = padded.view(np.uint8)[:, groups * _GROUP - most :]
    lengths = np.where(present, len(prefix) + most, 0)
    if most > width:
        digits = np.maximum(width, digit_counts(numbers[present]))
        place = np.arange(-len(prefix), most)
        text = text[(place < 0) | (place >= most - digits[:, None])]
        lengths[present] = len(prefix) + digits
    return pa.StringArray.from_buffers(
        len(numbers),
        pa.py_buffer(np.concatenate([[0], np.cumsum(lengths)]).astype(np.int32)),
        pa.py_buffer(text),
        pa.py_buffer(np.packbits(present, bitorder="little")),
    )


def digit_counts(numbers: Integers) -> Integers:
    """Count the digits of numbers from 0 on."""
    return 1 + np.searchsorted(_POWERS, numbers, side="right")


def timestamps(seconds: Integers) -> pa.Array:
    """Turn seconds since the start of the world into UTC timestamps without a zone."""
    return pa.array(seconds + _EPOCH_SECONDS).cast(pa.timestamp("s"))


def choose(values: tuple[str, ...], codes: Integers) -> pa.Array:
    """Turn codes into a dictionary of the strings they stand for; negative codes become null."""
    indexes = pa.array(codes.astype(np.int32), mask=codes < 0)
    return pa.DictionaryArray.from_arrays(indexes, pa.array(values))


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
    event_ids: pa.Array, at: Integers, received: Integers, actor: Integers, actors: Actors
) -> dict[str, pa.Array]:
    """Build the seven envelope columns.

    Args:
        event_ids: ids of the events, length n.
        at: when it happened, in seconds since the start of the world, shape (n,).
        received: when it arrived, shape (n,).
        actor: index into `actors`, shape (n,).
        actors: everybody in the world.
    """
    platform = actors.platform[actor]
    release = (at // SECONDS_PER_DAY) // RELEASE_EVERY_DAYS - actors.release_lag[actor]
    latest = int(release.max(initial=0))
    versions = tuple(f"4.{minor}" for minor in range(latest + 1))
    return {
        "event_id": event_ids,
        "event_at": timestamps(at),
        "received_at": timestamps(received),
        "user_id": actors.ids(actor),
        "platform": choose(PLATFORMS, platform),
        "app_version": choose(versions, release.clip(min=0)),
        "country": actors.country.take(pa.array(actor)),
    }
