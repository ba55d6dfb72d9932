"""The scenarios that have a world. A new one is one import and one line."""

from scripts.worlds.cloud_storage.scenario import CLOUD_STORAGE
from scripts.worlds.messenger.scenario import MESSENGER
from scripts.worlds.ride_sharing.scenario import RIDE_SHARING
from scripts.worlds.scenario import Scenario

SCENARIOS: dict[str, Scenario] = {
    scenario.name: scenario for scenario in (RIDE_SHARING, CLOUD_STORAGE, MESSENGER)
}
