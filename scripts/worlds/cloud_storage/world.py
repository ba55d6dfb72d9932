"""What lasts in a cloud-storage world while the days go by."""

from dataclasses import dataclass, field

from scripts.worlds.cloud_storage.population import Population
from scripts.worlds.cloud_storage.settings import Causes
from scripts.worlds.envelope import Booleans, Integers
from scripts.worlds.kit.numbers import Numbers

# Codes; events.py lists the names they stand for in the same order.
QUICK_ACCESS, SEARCH, BROWSE = 0, 1, 2
FOLDER_OPEN, SORT_FILES = 0, 1
NOT_RELEVANT, DISMISS = 0, 1


@dataclass(frozen=True)
class World:
    """A cloud-storage world.

    Attributes:
        causes: its settings.
        population: the users.
        exposed_day: day of each user's first exposure, `NEVER` before it, shape (users,).
        has_clicked: users whose first click lies behind them, shape (users,).
        sessions, impressions: those so far.
    """

    causes: Causes
    population: Population
    exposed_day: Integers
    has_clicked: Booleans
    sessions: Numbers = field(default_factory=Numbers)
    impressions: Numbers = field(default_factory=Numbers)
