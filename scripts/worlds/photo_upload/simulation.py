"""One day of photo upload: from the wish to post to the transfer of each photo."""

import numpy as np

from scripts.worlds.kit.day import Day
from scripts.worlds.photo_upload.flows import Flows, begin_flows, compose, edit, select_media
from scripts.worlds.photo_upload.settings import BURST_LENGTHS
from scripts.worlds.photo_upload.transfers import transfer
from scripts.worlds.photo_upload.world import (
    ANR,
    DURING_UPLOAD,
    ELSEWHERE,
    FRAME_DROPS,
    World,
)


def _log_issues(world: World, day: Day, flows: Flows) -> None:
    """Log hangs and bursts of dropped frames, in flows and elsewhere in the app."""
    causes, size = world.causes, len(flows.number)
    hangs = day.chance(causes.hangs, size)
    at = flows.started + day.between(2, 60, size)
    day.log(
        "app_responsiveness_issue",
        at,
        flows.user,
        where=hangs,
        session_id=flows.number,
        issue_type=ANR,
        during_flow=DURING_UPLOAD,
    )
    stutters = day.chance(causes.stutters, size)
    length = np.where(stutters, 1 + day.one_of(BURST_LENGTHS, size), 0)
    which = np.repeat(np.arange(size), length)
    day.log(
        "app_responsiveness_issue",
        flows.started[which] + day.between(2, 60, len(which)),
        flows.user[which],
        session_id=flows.number[which],
        issue_type=FRAME_DROPS,
        during_flow=DURING_UPLOAD,
    )
    users = world.population.users
    elsewhere = np.flatnonzero(
        day.chance(causes.stutters_elsewhere, users) & world.population.is_here(day.number)
    )
    day.log(
        "app_responsiveness_issue",
        day.start + day.between(0, 86_400, len(elsewhere)),
        elsewhere,
        session_id=-1,
        issue_type=FRAME_DROPS,
        during_flow=ELSEWHERE,
    )


def simulate_day(world: World, day: Day) -> None:
    """Simulate one UTC day; codes and indexes are spelled out in events.py."""
    flows = begin_flows(world, day)
    media = select_media(world, day, flows)
    edit(world, day, flows)
    compose(world, day, flows)
    transfer(world, day, flows, media)
    _log_issues(world, day, flows)
