"""What the world's own probabilities lead one to expect, without looking at any event.

| metric | above | below |
|---|---|---|
| steps of the funnel | flows that reach a step | all flows, or those at the step before |
| abandonment | flows that leave at a step | flows that reach it |
| error codes, failures by step | failures with a code | flows |
| tools, captions, tags | flows with one, of those that get to the transfer | flows that get there |
| drafts | flows that save one, or saves | flows that reach the caption |
| issues | hangs and bursts, or flows with any | flows |
| within 8 seconds | media stored in time | media whose transfer begins |

What people decide depends on the day alone, before `CHANGE_DAY` or from it on, and whoever
continues a draft decides as everybody does. So a ratio needs the flows of each day only, and those
of a draft follow from the days before. The transfer depends on network, region and release, so it
is summed up over users.
"""

from dataclasses import dataclass
from math import erf

import numpy as np

from scripts.worlds.envelope import Floats
from scripts.worlds.kit.truth import Expected, as_truth
from scripts.worlds.photo_upload.events import METADATA_TYPES
from scripts.worlds.photo_upload.population import Population
from scripts.worlds.photo_upload.settings import (
    AUTOSAVES,
    BURST_LENGTHS,
    COMING,
    NETWORK_SHARES,
    NETWORKS,
    REGIONS,
    RETURN_DAYS,
    WIFI,
    Causes,
)
from scripts.worlds.photo_upload.transfers import arrives, uplink_of
from scripts.worlds.photo_upload.world import now
from scripts.worlds.scenario import Truth

FAST_SECONDS = 8.0
_NODES, _WEIGHTS = np.polynomial.hermite_e.hermegauss(40)
_WEIGHTS = _WEIGHTS / _WEIGHTS.sum()


def _normal(values: Floats) -> Floats:
    return np.array([0.5 * (1 + erf(value / 2**0.5)) for value in values])


@dataclass(frozen=True)
class _Steps:
    """Odds that a flow of a day gets so far."""

    selected: float
    edited: float
    captioned: float
    transferred: float


def _steps(causes: Causes, day: int) -> _Steps:
    readable = 1 - now(causes.unreadable, day)
    selected = readable * (1 - now(causes.leaves_gallery, day))
    crashes = now(causes.filters, day) * causes.filter_crashes
    stays = (1 - crashes) * (1 - causes.leaves_editor)
    captioned = selected * (1 - causes.opens_editor * (1 - stays))
    return _Steps(
        selected=selected,
        edited=selected * causes.opens_editor,
        captioned=captioned,
        transferred=captioned * (1 - causes.saves_draft) * (1 - causes.leaves_caption),
    )


def _flows(population: Population, causes: Causes, last: int) -> tuple[Floats, Floats]:
    """Give the flows of each day and user, (days, users), and those in the outage, (users,)."""
    flows = np.zeros((last + 1, population.users))
    festive = np.zeros(population.users)
    for day in range(last + 1):
        surge = population.surge(causes, day)
        flows[day] += COMING.mean(population.wishes(causes, day)) + surge
        festive += surge
        saved = flows[day] * _steps(causes, day).captioned * causes.saves_draft
        for lag, share in enumerate(RETURN_DAYS, start=1):
            if day + lag <= last:
                flows[day + lag] += saved * causes.continues_draft * share
    return flows, festive


def _in_time(causes: Causes, network: int, region: int, slow: bool, day: int) -> float:
    """Give the odds that a photo or video is stored in time by its first attempt.

    A second attempt is in time for less than one of a thousand: three seconds are lost by then.
    """
    uplink = uplink_of(network, region)
    spread = np.hypot(causes.size_spread, uplink.spread)
    odds = 0.0
    for share, size in zip((1 - causes.video, causes.video), causes.size_kb, strict=True):
        median = size * causes.compression[network] * 8 / 1_000 / uplink.mbps
        seconds = causes.latency + median * np.exp(spread * _NODES) * (
            causes.slowness if slow and network != WIFI else 1.0
        )
        left = np.maximum(FAST_SECONDS - seconds, 1e-9)
        processed = _normal(np.log(left / now(causes.processing, day)) / causes.processing_spread)
        odds += share * float(_WEIGHTS @ (processed * arrives(causes, uplink, seconds)))
    return odds


def _media_in_time(
    population: Population, causes: Causes, flows: Floats, festive: Floats
) -> Expected:
    """Work out the share of media that are stored within 8 seconds, in all and by network."""
    begun = np.zeros(len(NETWORKS))
    in_time = np.zeros(len(NETWORKS))
    odds: dict[tuple[int, int, bool, float], float] = {}
    for day, of_users in enumerate(flows):
        reach = _steps(causes, day).transferred
        # The outage's flows reach servers that answer nobody; few others fall into its two hours.
        served = of_users - (population.surge(causes, day) > 0) * festive
        slow = population.slow(causes, day)
        for region in range(len(REGIONS)):
            here = population.region == region
            for network, share in enumerate(NETWORK_SHARES[region]):
                begun[network] += of_users[here].sum() * share * reach
                for is_slow in (False, True):
                    key = (network, region, is_slow, now(causes.processing, day))
                    if key not in odds:
                        odds[key] = _in_time(causes, network, region, is_slow, day)
                    those = served[here & (slow == is_slow)].sum()
                    in_time[network] += those * share * reach * odds[key]
    meaning = "media stored within 8 seconds / media whose transfer begins"
    name = "upload_time_percentiles.within_8_seconds"
    return {name: (float(in_time.sum() / begun.sum()), meaning)} | {
        f"{name}.{network}": (float(in_time[number] / begun[number]), f"{meaning}, on {network}")
        for number, network in enumerate(NETWORKS)
        if network in ("wifi", "4g")
    }


def _decisions(causes: Causes, flows: Floats) -> Expected:
    """Work out what people decide on the way, and what stops them."""
    weight = flows.sum(axis=1)
    days = range(len(weight))
    steps = [_steps(causes, day) for day in days]

    def total(values: list[float]) -> float:
        return float(weight @ np.array(values))

    all_flows = float(weight.sum())
    selected = total([step.selected for step in steps])
    edited = total([step.edited for step in steps])
    captioned = total([step.captioned for step in steps])
    transferred = total([step.transferred for step in steps])
    unreadable = total([now(causes.unreadable, day) for day in days])
    leaving = total(
        [(1 - now(causes.unreadable, day)) * now(causes.leaves_gallery, day) for day in days]
    )
    # Whoever edits gets through the editor more rarely than whoever passes it by.
    through = [
        causes.opens_editor
        * (1 - now(causes.filters, day) * causes.filter_crashes)
        * (1 - causes.leaves_editor)
        for day in days
    ]
    editors = [some / (some + 1 - causes.opens_editor) for some in through]
    any_tool = [
        1 - (1 - now(causes.filters, day)) * (1 - causes.crops) * (1 - causes.brightens)
        for day in days
    ]
    posted = [step.transferred for step in steps]
    used = total(
        [reach * some * tool for reach, some, tool in zip(posted, editors, any_tool, strict=True)]
    )
    filtered = total(
        [
            reach * some * now(causes.filters, day)
            for reach, some, day in zip(posted, editors, days, strict=True)
        ]
    )
    saves = float(np.arange(1, 1 + len(AUTOSAVES)) @ AUTOSAVES)
    screens = captioned + causes.goes_back * total(
        [step.captioned * some for step, some in zip(steps, editors, strict=True)]
    )
    bursts = float(np.arange(1, 1 + len(BURST_LENGTHS)) @ BURST_LENGTHS)
    clocks = 1 - causes.clock_runs_back
    expected: Expected = {
        "upload_funnel_conversion.from_start.media_selected": (
            selected / all_flows,
            "flows with a photo or video / flows",
        ),
        "upload_funnel_conversion.from_start.transfer_started": (
            transferred / all_flows,
            "flows whose transfer begins / flows",
        ),
        "upload_funnel_conversion.from_previous.edit_opened": (
            clocks * edited / selected,
            "flows that open the editor, with a clock that is right / flows with a photo or video",
        ),
        "upload_funnel_conversion.from_previous.transfer_started": (
            transferred / captioned,
            "flows whose transfer begins / flows at the caption",
        ),
        "upload_abandonment_rate.abandoned.initiated": (
            leaving / all_flows,
            "flows that leave before a photo is selected / flows",
        ),
        "upload_abandonment_rate.failed.initiated": (
            unreadable / all_flows,
            "flows whose media cannot be read / flows",
        ),
        "upload_abandonment_rate.abandoned.caption_opened": (
            (captioned - transferred) / captioned,
            "flows that leave at the caption, with a draft or without / flows that reach it",
        ),
        "upload_top_error_codes.per_flow.media_unreadable": (
            unreadable / all_flows,
            "media that cannot be read / flows",
        ),
        "upload_responsiveness_issue_rate": (
            causes.hangs + causes.stutters * bursts,
            "hangs and bursts of dropped frames / flows",
        ),
        "upload_responsiveness_issue_rate.flows_affected": (
            1 - (1 - causes.hangs) * (1 - causes.stutters),
            "flows with any / flows",
        ),
        "editing_tool_adoption": (
            used / transferred,
            "flows with an edit / flows, of those that get to the transfer",
        ),
        "editing_tool_adoption.filters": (filtered / transferred, "the same for filters"),
        "upload_draft_save_rate.flows_saving": (
            causes.saves_draft,
            "flows that save a draft / flows that reach the caption",
        ),
        "upload_draft_save_rate": (
            causes.saves_draft * saves * captioned / screens,
            "saves of drafts / caption screens",
        ),
    }
    chances = (causes.caption, causes.user_tag, causes.location_tag)
    for kind, chance in zip(METADATA_TYPES, chances, strict=True):
        statistic = "" if kind == METADATA_TYPES[0] else f".{kind}s"
        expected[f"metadata_feature_adoption{statistic}"] = (
            chance,
            f"flows with a {kind} / flows, of those that post",
        )
    return expected


def expect(population: Population, causes: Causes, last: int) -> Truth:
    """Work out the expected metrics of the days up to `last`, as ratios of sums."""
    flows, festive = _flows(population, causes, last)
    return as_truth(
        _decisions(causes, flows) | _media_in_time(population, causes, flows, festive),
        members=(
            "initiated",
            "media_selected",
            "edit_opened",
            "caption_opened",
            "transfer_started",
            "media_unreadable",
            *NETWORKS,
        ),
    )
