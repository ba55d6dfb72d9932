"""What people do before the transfer: choose, edit, write, and leave on the way."""

from dataclasses import dataclass

import numpy as np

from scripts.worlds.envelope import Booleans, Floats, Integers
from scripts.worlds.kit.day import Day
from scripts.worlds.kit.groups import turns
from scripts.worlds.kit.hours import Hours
from scripts.worlds.photo_upload.settings import (
    AUTOSAVES,
    COMING,
    MEDIA_SHARES,
    NETWORK_SHARES,
    OUTAGE_HOURS,
    RETURN_DAYS,
    Causes,
)
from scripts.worlds.photo_upload.world import (
    EDITING,
    FILTER_CRASH,
    GALLERY,
    MEDIA_UNREADABLE,
    SELECTION,
    World,
    now,
)

# Nobody comes in the first hour, so that a clock that runs back stays on the day.
_HOURS = Hours(0, 1, 1, 1, 1, 2, 3, 5, 6, 6, 6, 7, 8, 7, 6, 6, 7, 8, 9, 10, 9, 7, 4, 0.5)
_BACKGROUND = (30, 200)
_CLOCK_STEP = (700, 3_000)
_SELECT_SECONDS, _EDIT_SECONDS, _CAPTION_SECONDS = 9.0, 18.0, 14.0
_GALLERY_MS, _FILTER_MS, _MACHINE_SPREAD = 600.0, 250.0, 0.5


@dataclass
class Flows:
    """Flows of one day, one entry each.

    Attributes:
        number: flow numbers.
        user: whose they are.
        started: second at which they begin.
        now: second of the latest event; moves on while the day is simulated.
        source: gallery or camera.
        network, region: where they are.
        goes_on: who is still there.
        edits: who opens the editor.
    """

    number: Integers
    user: Integers
    started: Integers
    now: Integers
    source: Integers
    network: Integers
    region: Integers
    goes_on: Booleans
    edits: Booleans


@dataclass(frozen=True)
class Media:
    """Photos and videos of one day, one entry each.

    Attributes:
        number: their numbers.
        flow: position of their flow.
        turn: which of their flow they are, from 0.
        is_video: whether they are videos.
        size_kb: size of the original.
    """

    number: Integers
    flow: Integers
    turn: Integers
    is_video: Booleans
    size_kb: Floats


def network_of(generator: np.random.Generator, region: Integers) -> Integers:
    """Draw the network of each flow."""
    until = np.cumsum(NETWORK_SHARES, axis=1)[region]
    drawn = generator.random(len(region))
    return np.asarray((drawn[:, None] >= until[:, :-1]).sum(axis=1))


def begin_flows(world: World, day: Day) -> Flows:
    """Let users come: with a new wish, with a draft, or in the surge of a festival."""
    population, causes = world.population, world.causes
    count = COMING.draw(population.wishes(causes, day.number), day.generator)
    new = np.repeat(np.arange(population.users), count)
    new_at = _HOURS.starts(day, new, turns(count), population.users)
    kept = world.drafts.pop(day.number, [])
    empty = np.zeros(0, dtype=np.int64)
    back = np.concatenate([empty, *(user for user, _ in kept)])
    drafts = np.concatenate([empty, *(draft for _, draft in kept)])
    back_at = day.start + day.between(3_600, 82_800, len(back))
    surge = day.generator.poisson(population.surge(causes, day.number))
    festive = np.repeat(np.arange(population.users), surge)
    low, high = (3_600 * hour for hour in OUTAGE_HOURS)
    festive_at = day.start + day.between(low, high - 600, len(festive))

    user = np.concatenate([new, back, festive])
    started = np.concatenate([new_at, back_at, festive_at])
    size = len(user)
    draft = np.full(size, -1)
    draft[len(new) : len(new) + len(back)] = drafts
    region = population.region[user]
    flows = Flows(
        number=world.flows.next(size),
        user=user,
        started=started,
        now=started.copy(),
        source=day.chance(causes.camera, size).astype(np.int64),
        network=network_of(day.generator, region),
        region=region,
        goes_on=np.ones(size, dtype=bool),
        edits=np.zeros(size, dtype=bool),
    )
    day.log(
        "upload_flow_initiated",
        started,
        user,
        session_id=flows.number,
        source=flows.source,
        network_type=flows.network,
        region=region,
        draft_id=draft,
    )
    _log_machine_time(day, flows, flows.source == GALLERY, 0, _GALLERY_MS)
    return flows


def _log_machine_time(day: Day, flows: Flows, where: Booleans, metric: int, mean: float) -> None:
    ms = mean * day.generator.lognormal(0.0, _MACHINE_SPREAD, len(where))
    day.log(
        "client_performance_metric",
        flows.now + 1,
        flows.user,
        where=where,
        session_id=flows.number,
        metric_name=metric,
        value_ms=ms,
    )


def pass_time(world: World, day: Day, flows: Flows, seconds: float) -> Integers:
    """Let flows go on to the next step; give the seconds that the app was in the background."""
    size = len(flows.now)
    away = np.where(
        day.chance(world.causes.goes_to_background, size), day.between(*_BACKGROUND, size), 0
    )
    flows.now += 1 + np.minimum(day.amounts(seconds, 2.0, size), 120.0).astype(np.int64) + away
    return away


def _fail(day: Day, flows: Flows, who: Booleans, step: int, code: int) -> None:
    """Throw out some of the flows, before there is a transfer."""
    day.log(
        "upload_failure",
        flows.now,
        flows.user,
        where=who,
        session_id=flows.number,
        media_id=-1,
        attempt_id=-1,
        failure_step=step,
        error_code=code,
        network_type=flows.network,
        elapsed_ms=-1,
    )
    flows.goes_on &= ~who


def select_media(world: World, day: Day, flows: Flows) -> Media:
    """Choose photos and videos, or leave without."""
    causes, size = world.causes, len(flows.now)
    away = pass_time(world, day, flows, _SELECT_SECONDS)
    _fail(
        day,
        flows,
        day.chance(now(causes.unreadable, day.number), size),
        SELECTION,
        MEDIA_UNREADABLE,
    )
    flows.goes_on &= ~day.chance(now(causes.leaves_gallery, day.number), size)
    count = np.where(flows.goes_on, 1 + day.one_of(MEDIA_SHARES, size), 0)
    flow, turn = np.repeat(np.arange(size), count), turns(count)
    video = day.chance(causes.video, len(flow))
    spread = day.generator.lognormal(0.0, causes.size_spread, len(flow))
    media = Media(
        number=world.media.next(len(flow)),
        flow=flow,
        turn=turn,
        is_video=video,
        size_kb=np.maximum(np.round(np.array(causes.size_kb)[video.astype(int)] * spread), 20.0),
    )
    day.log(
        "upload_media_selected",
        flows.now[flow] + turn,
        flows.user[flow],
        session_id=flows.number[flow],
        media_id=media.number,
        file_size_kb=media.size_kb.astype(np.int64),
        media_type=video.astype(np.int64),
        background_seconds=np.where(turn == 0, away[flow], 0),
    )
    flows.now += np.maximum(count - 1, 0)
    return media


def edit(world: World, day: Day, flows: Flows) -> None:
    """Open the editor, or pass it by."""
    causes, size = world.causes, len(flows.now)
    flows.edits = flows.goes_on & day.chance(causes.opens_editor, size)
    away = pass_time(world, day, flows, 2.0)
    # A clock that is set back while the editor opens: the event seems to come before the photo.
    back = np.where(day.chance(causes.clock_runs_back, size), day.between(*_CLOCK_STEP, size), 0)
    day.log(
        "upload_edit_screen_opened",
        flows.now - back,
        flows.user,
        where=flows.edits,
        session_id=flows.number,
        background_seconds=away,
    )
    filtered = flows.edits & day.chance(now(causes.filters, day.number), size)
    tools = (
        (filtered, day.between(0, 2, size)),
        (flows.edits & day.chance(causes.crops, size), np.full(size, 2)),
        (flows.edits & day.chance(causes.brightens, size), np.full(size, 3)),
    )
    for turn, (who, tool) in enumerate(tools):
        for again in range(2):
            # One in five uses a tool a second time.
            used = who if again == 0 else who & day.chance(0.2, size)
            day.log(
                "upload_edit_action",
                flows.now + 1 + 2 * turn + again,
                flows.user,
                where=used,
                session_id=flows.number,
                edit_tool_used=tool,
            )
    _log_machine_time(day, flows, filtered, 1, _FILTER_MS)
    flows.now[flows.edits] += 8
    _fail(day, flows, filtered & day.chance(causes.filter_crashes, size), EDITING, FILTER_CRASH)
    flows.goes_on &= ~(flows.edits & day.chance(causes.leaves_editor, size))


def compose(world: World, day: Day, flows: Flows) -> None:
    """Write a caption, tag people and the place, save a draft, or leave."""
    causes, size = world.causes, len(flows.now)
    away = pass_time(world, day, flows, _EDIT_SECONDS)
    here = flows.goes_on.copy()
    day.log(
        "upload_caption_screen_opened",
        flows.now,
        flows.user,
        where=here,
        session_id=flows.number,
        background_seconds=away,
    )
    back = here & flows.edits & day.chance(causes.goes_back, size)
    for event, seconds in (("upload_edit_screen_opened", 3), ("upload_caption_screen_opened", 7)):
        day.log(
            event,
            flows.now + seconds,
            flows.user,
            where=back,
            session_id=flows.number,
            background_seconds=0,
        )
    flows.now[back] += 7
    chances = (causes.caption, causes.user_tag, causes.location_tag)
    for kind, chance in enumerate(chances):
        day.log(
            "upload_metadata_added",
            flows.now + 2 + 2 * kind,
            flows.user,
            where=here & day.chance(chance, size),
            session_id=flows.number,
            metadata_type=kind,
        )
    saves = here & day.chance(causes.saves_draft, size)
    draft = world.draft_numbers.where(saves)
    length = np.where(saves, 1 + day.one_of(AUTOSAVES, size), 0)
    which = np.repeat(np.arange(size), length)
    day.log(
        "upload_draft_saved",
        flows.now[which] + 8 + turns(length),
        flows.user[which],
        session_id=flows.number[which],
        draft_id=draft[which],
    )
    # Whoever continues a draft comes back some days later; the rest never do.
    lag = day.one_of((1 - causes.continues_draft, *_return_odds(causes)), size)
    for days in range(1, 1 + len(RETURN_DAYS)):
        who = saves & (lag == days)
        world.drafts.setdefault(day.number + days, []).append((flows.user[who], draft[who]))
    flows.goes_on &= ~(saves | day.chance(causes.leaves_caption, size))
    flows.now += 12 + np.minimum(day.amounts(_CAPTION_SECONDS, 2.0, size), 120.0).astype(np.int64)


def _return_odds(causes: Causes) -> list[float]:
    """Give the odds that a draft is continued after each number of days."""
    return [causes.continues_draft * share for share in RETURN_DAYS]
