"""What lasts in a photo-upload world while the days go by."""

from dataclasses import dataclass, field

from scripts.worlds.envelope import Integers
from scripts.worlds.kit.numbers import Numbers
from scripts.worlds.photo_upload.population import Population
from scripts.worlds.photo_upload.settings import CHANGE_DAY, Causes

# Codes; events.py lists the names they stand for in the same order.
GALLERY, CAMERA = 0, 1
SELECTION, EDITING, TRANSFER, PROCESSING = range(4)
(
    MEDIA_UNREADABLE,
    FILTER_CRASH,
    CONNECTION_LOST,
    TIMEOUT,
    SERVICE_UNAVAILABLE,
    PROCESSING_FAILED,
    CANCELLED,
) = range(7)
ANR, FRAME_DROPS = 0, 1
DURING_UPLOAD, ELSEWHERE = 0, 1
AUTOMATIC, MANUAL = 0, 1


@dataclass(frozen=True)
class World:
    """A photo-upload world.

    Attributes:
        causes: its settings.
        population: the users.
        drafts: for each day to come, the users who continue a draft on it and their drafts.
        flows, media, attempts, posts, draft_numbers: those so far.
    """

    causes: Causes
    population: Population
    drafts: dict[int, list[tuple[Integers, Integers]]] = field(default_factory=dict)
    flows: Numbers = field(default_factory=Numbers)
    media: Numbers = field(default_factory=Numbers)
    attempts: Numbers = field(default_factory=Numbers)
    posts: Numbers = field(default_factory=Numbers)
    draft_numbers: Numbers = field(default_factory=Numbers)


def now(pair: tuple[float, float], day: int) -> float:
    """Give what holds on a day, of what was before and from `CHANGE_DAY` on."""
    return pair[int(day >= CHANGE_DAY)]
