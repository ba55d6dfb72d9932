"""The transfer of each photo and video: attempts, what ends them, and what follows."""

from dataclasses import dataclass, replace

import numpy as np

from scripts.worlds.envelope import WEB, Booleans, Floats, Integers
from scripts.worlds.kit.day import Day
from scripts.worlds.photo_upload.flows import Flows, Media
from scripts.worlds.photo_upload.settings import (
    CELLULAR_UPLINKS,
    MOST_ATTEMPTS,
    OUTAGE_DAY,
    OUTAGE_HOURS,
    OUTAGE_REGION,
    REGIONS,
    WIFI,
    WIFI_UPLINKS,
    Causes,
    Uplink,
)
from scripts.worlds.photo_upload.world import (
    AUTOMATIC,
    CANCELLED,
    CONNECTION_LOST,
    MANUAL,
    PROCESSING,
    PROCESSING_FAILED,
    SERVICE_UNAVAILABLE,
    TIMEOUT,
    TRANSFER,
    World,
    now,
)

_KILLED = -1
_STORED = -2


def uplink_of(network: int, region: int) -> Uplink:
    """Give what a network carries in a region."""
    return WIFI_UPLINKS[region] if network == WIFI else CELLULAR_UPLINKS[network - 1]


def _uplinks(network: Integers, region: Integers) -> tuple[Floats, Floats, Floats, Floats]:
    """Give median, spread, share lost and hazard for each transfer."""
    table = np.array(
        [
            [
                (up.mbps, up.spread, up.lost, up.hazard)
                for up in (WIFI_UPLINKS[r], *CELLULAR_UPLINKS)
            ]
            for r in range(len(REGIONS))
        ]
    )
    found = table[region, network]
    return found[:, 0], found[:, 1], found[:, 2], found[:, 3]


@dataclass
class Transfers:
    """Photos and videos under way, one entry each; arrays are cut down to those tried again.

    Attributes:
        media: position among the day's media.
        flow: position of their flow.
        sent_kb: what has to be sent, compressed.
        seconds: how long all of it takes.
        done: share of it that is across already.
        begun: second at which their first attempt began.
        start: second at which this attempt begins.
        retry_kind: who began it, if it is not the first.
    """

    media: Integers
    flow: Integers
    sent_kb: Floats
    seconds: Floats
    done: Floats
    begun: Integers
    start: Integers
    retry_kind: Integers

    def only(self, who: Booleans) -> "Transfers":
        """Keep some of them."""
        return Transfers(*(getattr(self, name)[who] for name in self.__dataclass_fields__))


def transfer(world: World, day: Day, flows: Flows, media: Media) -> None:
    """Transfer the media of flows that have come so far, and try again what failed."""
    under_way = _begin(world, day, flows, media)
    posts = world.posts.next(len(flows.number))
    for number in range(1, MOST_ATTEMPTS + 1):
        attempt = world.attempts.next(len(under_way.media))
        if number > 1:
            _log_retries(day, flows, media, under_way, attempt)
        _log_starts(day, flows, media, under_way, attempt, number)
        ending, seconds = _try(world, day, flows, under_way)
        ended = _log_endings(world, day, flows, media, under_way, attempt, posts, ending, seconds)
        under_way = _try_again(world, day, flows, under_way, ending, seconds, ended)


def _begin(world: World, day: Day, flows: Flows, media: Media) -> Transfers:
    causes = world.causes
    which = np.flatnonzero(flows.goes_on[media.flow])
    flow = media.flow[which]
    network = flows.network[flow]
    mbps, spread, _, _ = _uplinks(network, flows.region[flow])
    sent_kb = np.maximum(np.round(media.size_kb[which] * np.array(causes.compression)[network]), 1)
    speed = mbps * np.exp(spread * day.generator.standard_normal(len(which)))
    slow = world.population.slow(causes, day.number)[flows.user[flow]] & (network != WIFI)
    start = flows.now[flow] + media.turn[which]
    return Transfers(
        media=which,
        flow=flow,
        sent_kb=sent_kb,
        seconds=sent_kb * 8 / 1_000 / speed * np.where(slow, causes.slowness, 1.0),
        done=np.zeros(len(which)),
        begun=start,
        start=start,
        retry_kind=np.full(len(which), AUTOMATIC),
    )


def _log_starts(
    day: Day,
    flows: Flows,
    media: Media,
    under_way: Transfers,
    attempt: Integers,
    number: int,
) -> None:
    flow = under_way.flow
    day.log(
        "upload_attempt_started",
        under_way.start,
        flows.user[flow],
        session_id=flows.number[flow],
        media_id=media.number[under_way.media],
        attempt_id=attempt,
        attempt_number=number,
        network_type=flows.network[flow],
        region=flows.region[flow],
        resumed_from_kb=np.floor(under_way.done * under_way.sent_kb).astype(np.int64),
        background_seconds=0,
    )


def _log_retries(
    day: Day, flows: Flows, media: Media, under_way: Transfers, attempt: Integers
) -> None:
    flow = under_way.flow
    day.log(
        "upload_retry_attempt",
        under_way.start,
        flows.user[flow],
        session_id=flows.number[flow],
        original_media_id=media.number[under_way.media],
        attempt_id=attempt,
        retry_kind=under_way.retry_kind,
    )


def is_out(at: Integers, region: Integers) -> Booleans:
    """Tell which transfers reach servers that answer nobody."""
    low, high = (86_400 * OUTAGE_DAY + 3_600 * hour for hour in OUTAGE_HOURS)
    return np.asarray((at >= low) & (at < high) & (region == OUTAGE_REGION))


def _try(world: World, day: Day, flows: Flows, under_way: Transfers) -> tuple[Integers, Floats]:
    """Let attempts end; give how, and after how many seconds of transfer."""
    causes, size, flow = world.causes, len(under_way.flow), under_way.flow
    _, _, lost, hazard = _uplinks(flows.network[flow], flows.region[flow])
    left = causes.latency + under_way.seconds * (1 - under_way.done)
    random = day.generator.random((3, size))
    breaks = day.generator.exponential(1 / (hazard * causes.hazard_factor))
    breaks = np.where(random[0] < lost, random[1] * left, breaks)
    patience = causes.patience * day.generator.weibull(2.0, size)
    killed = np.where(day.chance(causes.killed, size), random[2] * left, np.inf)
    is_refused = is_out(under_way.start, flows.region[flow])
    arrived = np.where(is_refused, np.inf, left)
    refused = np.where(is_refused, 0.5 + random[2], np.inf)
    ends = np.stack([arrived, breaks, np.full(size, causes.timeout), refused, patience, killed])
    ending = np.array([_STORED, CONNECTION_LOST, TIMEOUT, SERVICE_UNAVAILABLE, CANCELLED, _KILLED])[
        ends.argmin(axis=0)
    ]
    fails = (ending == _STORED) & day.chance(causes.processing_fails, size)
    return np.where(fails, PROCESSING_FAILED, ending), ends.min(axis=0)


def _log_endings(
    world: World,
    day: Day,
    flows: Flows,
    media: Media,
    under_way: Transfers,
    attempt: Integers,
    posts: Integers,
    ending: Integers,
    seconds: Floats,
) -> Integers:
    """Log how attempts end; give the second of it."""
    causes, size, flow = world.causes, len(under_way.flow), under_way.flow
    median = now(causes.processing, day.number)
    processing = median * day.generator.lognormal(0.0, causes.processing_spread, size)
    processed = np.isin(ending, (_STORED, PROCESSING_FAILED))
    elapsed = seconds + np.where(processed, processing, 0.0)
    at = under_way.start + np.ceil(elapsed).astype(np.int64)
    transfer_ms = np.round(seconds * 1_000).astype(np.int64)
    processing_ms = np.round(processing * 1_000).astype(np.int64)
    stored = ending == _STORED
    day.log(
        "upload_success",
        at,
        flows.user[flow],
        where=stored,
        session_id=flows.number[flow],
        media_id=media.number[under_way.media],
        attempt_id=attempt,
        post_id=posts[flow],
        upload_duration_ms=(
            1_000 * (under_way.start - under_way.begun) + transfer_ms + processing_ms
        ),
        transfer_ms=transfer_ms,
        processing_ms=processing_ms,
        final_file_size_kb=under_way.sent_kb.astype(np.int64),
    )
    day.log(
        "upload_failure",
        at,
        flows.user[flow],
        where=ending >= 0,
        session_id=flows.number[flow],
        media_id=media.number[under_way.media],
        attempt_id=attempt,
        failure_step=np.where(ending == PROCESSING_FAILED, PROCESSING, TRANSFER),
        error_code=ending,
        network_type=flows.network[flow],
        elapsed_ms=np.round(elapsed * 1_000).astype(np.int64),
    )
    return at


def _try_again(
    world: World,
    day: Day,
    flows: Flows,
    under_way: Transfers,
    ending: Integers,
    seconds: Floats,
    ended: Integers,
) -> Transfers:
    """Give those that are tried again, not those given up or of an app that was killed."""
    causes, size = world.causes, len(under_way.flow)
    failed = (ending >= 0) & (ending != CANCELLED)
    by_itself = day.chance(causes.retries_automatically, size)
    again = failed & (by_itself | day.chance(causes.retries_by_hand, size))
    wait = np.where(by_itself, 3, day.between(8, 40, size))
    # Apps go on where they were, the browser begins anew.
    resumes = (world.population.actors.platform[flows.user[under_way.flow]] != WEB) & np.isin(
        ending, (CONNECTION_LOST, TIMEOUT)
    )
    across = np.maximum(seconds - causes.latency, 0.0) / under_way.seconds
    done = np.where(resumes, np.minimum(under_way.done + across, 0.999), under_way.done * 0)
    tried = replace(
        under_way,
        done=done,
        start=ended + wait,
        retry_kind=np.where(by_itself, AUTOMATIC, MANUAL),
    )
    return tried.only(again)


def arrives(causes: Causes, uplink: Uplink, seconds: Floats) -> Floats:
    """Give the odds that nothing ends a transfer of so many seconds before it is done."""
    hazard = uplink.hazard * causes.hazard_factor
    stays = np.exp(-hazard * seconds - (seconds / causes.patience) ** 2)
    odds = stays * (1 - uplink.lost) * (1 - causes.killed) * (1 - causes.processing_fails)
    return np.where(seconds < causes.timeout, odds, 0.0)
