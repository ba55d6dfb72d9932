"""The causes of the photo-upload worlds, in one place."""

from dataclasses import dataclass, replace

import numpy as np

from scripts.worlds.kit.habits import ByChance

REGIONS = ("americas", "europe", "asia")
REGION_OF_COUNTRY = np.array([0, 1, 1, 1, 2, 0])
"""Region of each of the kit's countries: US, GB, DE, FR, IN, BR."""

NETWORKS = ("wifi", "5g", "4g", "3g")
WIFI = 0

CHANGE_DAY = 55
"""1 March 2026: the day on which the gallery, the pipeline and the editor are changed."""

OUTAGE_DAY, OUTAGE_REGION = 20, 1
OUTAGE_HOURS = (18, 20)
"""UTC hours between which one region's servers answer nobody: too many come at the same time."""

COMING = ByChance(most=4)
MEDIA_SHARES = (0.75, 0.18, 0.07)
"""Shares of flows with one, two and three photos or videos."""

MOST_ATTEMPTS = 3
RETURN_DAYS = (0.5, 0.3, 0.2)
"""Whoever continues a draft does so after one, two or three days."""

AUTOSAVES = (0.5, 0.3, 0.2)
BURST_LENGTHS = (0.5, 0.2, 0.1, 0.1, 0.05, 0.05)
TOOLS = ("filter_warm", "filter_mono", "crop", "brightness")


@dataclass(frozen=True)
class Uplink:
    """What a network carries upwards.

    Attributes:
        mbps: median megabits a second.
        spread: standard deviation of their logarithm.
        lost: share of transfers that break off for no reason of their length.
        hazard: transfers that break off in each second, of those still under way.
    """

    mbps: float
    spread: float
    lost: float
    hazard: float


# Wi-Fi as measured: speed tests with and without iCloud Private Relay (marty90,
# icloud-private-relay-experiments, data/speedtest.csv, 953 tests), upload_mbps. Americas: United
# States over the relay, 242 tests, one of which got nothing across. Europe: Italy, 110 tests. Asia
# was not measured: Italy over the relay, 95 tests, stands for it.
WIFI_UPLINKS = (
    Uplink(22.7, 0.16, 1 / 242, 0.0003),
    Uplink(248.3, 0.35, 0.0, 0.0003),
    Uplink(73.4, 0.55, 0.0, 0.0003),
)
# Nobody measured these: assumed.
CELLULAR_UPLINKS = (
    Uplink(40.0, 0.6, 0.0002, 0.0005),
    Uplink(10.0, 0.7, 0.0002, 0.001),
    Uplink(1.0, 0.7, 0.0005, 0.003),
)
NETWORK_SHARES = np.array(
    [[0.58, 0.16, 0.21, 0.05], [0.58, 0.15, 0.22, 0.05], [0.44, 0.12, 0.30, 0.14]]
)
"""Networks of the flows in each region."""


@dataclass(frozen=True)
class Causes:
    """Everything that decides how a world goes; the defaults are the healthy one.

    Pairs are before and from `CHANGE_DAY` on. Times are in seconds, sizes in kilobytes.
    """

    # Who comes, and how far.
    flows_per_day: float = 0.08
    joining_share: float = 0.15
    weekday: tuple[float, ...] = (0.95, 0.92, 0.93, 0.95, 1.05, 1.15, 1.05)
    surge: float = 0.25
    camera: float = 0.3
    unreadable: tuple[float, float] = (0.04, 0.008)
    leaves_gallery: tuple[float, float] = (0.23, 0.14)
    opens_editor: float = 0.6
    leaves_editor: float = 0.04
    leaves_caption: float = 0.05
    goes_back: float = 0.05
    goes_to_background: float = 0.05
    clock_runs_back: float = 0.006

    # What they use.
    filters: tuple[float, float] = (0.42, 0.60)
    crops: float = 0.3
    brightens: float = 0.2
    filter_crashes: float = 0.002
    caption: float = 0.72
    user_tag: float = 0.2
    location_tag: float = 0.25
    saves_draft: float = 0.06
    continues_draft: float = 0.5
    stutters: float = 0.03
    hangs: float = 0.004
    stutters_elsewhere: float = 0.003

    # What is transferred: the median size of photos and videos, and the share that is left of it.
    video: float = 0.12
    size_kb: tuple[float, float] = (2_400.0, 7_000.0)
    size_spread: float = 0.5
    compression: tuple[float, float, float, float] = (0.5, 0.5, 0.3, 0.06)

    # The transfer. Patience is the scale of a Weibull distribution of shape 2.
    latency: float = 0.15
    hazard_factor: float = 1.0
    timeout: float = 60.0
    patience: float = 60.0
    killed: float = 0.0003
    processing: tuple[float, float] = (2.0, 1.4)
    processing_spread: float = 0.45
    processing_fails: float = 0.0003
    retries_automatically: float = 0.6
    retries_by_hand: float = 0.4

    # The bad release: on Android and off Wi-Fi it sends in chunks that are far too small.
    bad_release: int = 1
    slowness: float = 4.0


WORLDS: dict[str, Causes] = {
    "healthy": Causes(),
    "degraded": replace(
        Causes(),
        # The changes of March make it worse: a gallery that hides and refuses, an odd editor.
        unreadable=(0.09, 0.15),
        leaves_gallery=(0.24, 0.31),
        filters=(0.42, 0.24),
        caption=0.45,
        # Photos go out as they are, over networks that break off, to servers that are overloaded.
        compression=(0.5, 0.9, 0.9, 0.9),
        hazard_factor=3.0,
        processing=(5.0, 6.5),
        processing_fails=0.07,
        retries_automatically=0.15,
        retries_by_hand=0.2,
        # The release that everybody has in the end is the bad one.
        bad_release=2,
        slowness=20.0,
    ),
}
