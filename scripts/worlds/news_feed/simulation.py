"""One day of the feed: who comes, what is shown, and what is done with it."""

import numpy as np

from scripts.worlds.envelope import Floats, Integers
from scripts.worlds.kit.day import Day
from scripts.worlds.kit.groups import turns
from scripts.worlds.kit.hours import Hours
from scripts.worlds.news_feed.events import (
    BOREDOM,
    CLICK,
    COMMENT,
    CONTENT,
    DWELL,
    ECHO_CHAMBER,
    EXPAND,
    HIDE,
    LIKE,
    OF_FEED,
    OF_REACH,
    PROFILE_CLICK,
    REDUCED_REACH,
    REPORT,
    SHARE,
    UNFOLLOW,
)
from scripts.worlds.news_feed.items import Items, show
from scripts.worlds.news_feed.population import relevance, week_of
from scripts.worlds.news_feed.settings import (
    BORED_DAYS,
    CREATOR_SURVEY_DAYS,
    EXPERIMENT_DAY,
    GLANCE_ITEMS,
    HARM_APPEALS,
    HARM_CLICKS,
    HARM_HIDES,
    KINDS,
    LOOK_SECONDS,
    MOST_ITEMS,
    OPENING_MILLISECONDS,
    REACH_DAYS,
    REACH_FELL,
    REPORTS_OF_HIDES,
    SKIP_MILLISECONDS,
    SOURCES,
    SURVEY_DAYS,
    THRESHOLD_SECONDS,
)
from scripts.worlds.news_feed.world import World

_HOURS = Hours(1, 1, 1, 1, 1, 2, 3, 4, 4, 3, 3, 3, 4, 4, 3, 3, 3, 4, 5, 6, 7, 7, 5, 3)
_VIEWPORTS = np.array([800, 900, 720])
_ITEM_PIXELS = 600
_FOLLOW, _UNFOLLOW = range(2)
_NONE = -1


def _read(world: World, day: Day) -> None:
    """Let readers come, show them their feeds, and log what they do."""
    causes, population = world.causes, world.population
    count = world.coming.draw(population.sessions(causes, day.number), day.generator)
    user = np.repeat(np.arange(population.users), count)
    size = len(user)
    start = _HOURS.starts(day, user, turns(count), population.users)
    number = world.sessions.next(size)
    ranking = population.ranking(day.number)[user]
    platform = population.actors.platform[user]
    is_in_experiment = day.number >= EXPERIMENT_DAY
    day.log(
        "feed_session_start",
        start,
        user,
        session_id=number,
        experiment_id=0 if is_in_experiment else _NONE,
        variant=ranking if is_in_experiment else _NONE,
        viewport_height_pixels=_VIEWPORTS[platform],
    )
    first, more = np.where(population.on_web[user][:, None], causes.web_items, causes.phone_items).T
    depth = np.array([each.depth for each in causes.rankings])[ranking]
    length = first.astype(np.int64) + day.generator.poisson(more * depth)
    glances = day.chance(causes.glances, size)
    length = np.where(glances, GLANCE_ITEMS, np.minimum(length, MOST_ITEMS))
    items = show(world, day, user, ranking, length, start)
    interest = np.array([each.interest for each in causes.rankings])[ranking[items.session]]
    seen = day.chance(causes.seen, len(items.session))
    looked = LOOK_SECONDS + day.generator.exponential(causes.dwell_seconds * interest)
    dwell = np.where(seen, (1_000 * looked).astype(np.int64), SKIP_MILLISECONDS)
    total = np.bincount(items.session, dwell, size).astype(np.int64) + OPENING_MILLISECONDS
    passed = np.cumsum(dwell) - dwell
    ends = np.cumsum(length)
    passed -= np.repeat(passed[ends - length], length) if size else 0
    at = start[items.session] + (OPENING_MILLISECONDS + passed) // 1_000
    impression = world.impressions.next(len(at))
    who = user[items.session]
    day.log(
        "item_impression_in_feed",
        at,
        who,
        session_id=number[items.session],
        impression_id=impression,
        item_id=items.item,
        position_in_feed=items.position,
        content_type=items.content_type,
        source_id=population.users + items.source,
        topic_id=items.topic,
        item_created_at=items.created,
        is_contractable=items.contractable,
        is_source_followed=items.followed,
        predicted_score=items.score,
        predicted_affinity=items.affinity,
        harm_score=items.harm,
    )
    np.add.at(world.reach[day.number], items.source, 1)
    day.log(
        "item_seen_long_enough_to_evaluate",
        at + dwell // 1_000 + 1,
        who,
        where=seen,
        impression_id=impression,
        item_id=items.item,
        duration_on_screen_ms=dwell,
    )
    _interact(world, day, items, number, user, at, dwell, impression, np.asarray(seen))
    for part in (0.5, 1.0):
        pixels = (part * length * _ITEM_PIXELS).astype(np.int64)
        day.log(
            "feed_scroll",
            start + (part * total).astype(np.int64) // 1_000,
            user,
            where=~glances,
            session_id=number,
            scroll_depth_pixels=pixels,
            scroll_velocity=1_000 * pixels // np.maximum((part * total).astype(np.int64), 1),
        )
    loaded = length + np.where(population.on_web[user], causes.preloaded_on_web, 0)
    day.log(
        "feed_session_end",
        start + total // 1_000 + 1,
        user,
        where=~day.chance(causes.crashes, size),
        session_id=number,
        duration_ms=total,
        items_viewed_count=loaded,
    )


def _appeal(world: World, day: Day, items: Items, who: Integers) -> Floats:
    """Give the odds of an item to be liked, relative to `KINDS`."""
    causes, population = world.causes, world.population
    week = week_of(day.number)
    learnt = np.array([each.appeal[week] for each in causes.rankings])[items.ranking]
    if day.number < EXPERIMENT_DAY:
        learnt = np.ones(len(who))
    means = relevance(causes, population.taste[who, items.topic])
    tired = causes.tires**items.earlier_of_topic
    examined = items.position**-causes.position_power
    cares = np.where(population.on_web[who], causes.web_appeal, 1.0)
    harm = 1 + HARM_APPEALS * items.harm
    quality = population.quality[items.source]
    return np.asarray(causes.appeals * learnt * means * tired * examined * cares * harm * quality)


def _interact(
    world: World,
    day: Day,
    items: Items,
    number: Integers,
    user: Integers,
    at: Integers,
    dwell: Integers,
    impression: Integers,
    seen: np.ndarray,
) -> None:
    """Log what is done with the items that are looked at."""
    causes, population = world.causes, world.population
    who, session = user[items.session], number[items.session]
    size = len(who)
    examined = items.position**-causes.position_power
    hides = np.array([each.hides for each in causes.rankings])[items.ranking]
    hides = hides * (1 + HARM_HIDES * items.harm)
    odds: dict[int, np.ndarray] = {
        kind: share * _appeal(world, day, items, who)
        for kind, share in zip((LIKE, COMMENT, SHARE), KINDS, strict=True)
    }
    odds[CLICK] = causes.clicks * examined * (1 + HARM_CLICKS * items.harm)
    odds[PROFILE_CLICK] = causes.profile_clicks * examined
    odds[EXPAND] = causes.expands * examined * items.contractable
    odds[HIDE] = hides
    odds[REPORT] = REPORTS_OF_HIDES * hides
    odds[UNFOLLOW] = causes.unfollows * items.followed
    for kind, chances in odds.items():
        does = seen & day.chance(chances, size)
        day.log(
            "item_interaction_in_feed",
            at + 1,
            who,
            where=does,
            session_id=session,
            impression_id=impression,
            item_id=items.item,
            interaction_type=kind,
            dwell_time_ms=_NONE,
        )
        if kind == UNFOLLOW:
            _follow(world, day, at + 1, who, items.source, impression, does, _UNFOLLOW)
    day.log(
        "item_interaction_in_feed",
        at + dwell // 1_000 + 1,
        who,
        where=seen & (dwell > 1_000 * THRESHOLD_SECONDS),
        session_id=session,
        impression_id=impression,
        item_id=items.item,
        interaction_type=DWELL,
        dwell_time_ms=dwell,
    )
    follows = seen & ~items.followed & day.chance(causes.follows_from_feed, size)
    _follow(world, day, at + 2, who, items.source, impression, follows, _FOLLOW)
    # Others are found by a search or on a profile.
    everybody = np.arange(population.users)
    other = day.between(0, SOURCES, population.users)
    finds = day.chance(causes.follows_elsewhere, population.users)
    finds &= ~world.follows[everybody, other] & (day.number < population.leaves_day)
    hour = day.start + day.between(6 * 3_600, 22 * 3_600, population.users)
    _follow(world, day, hour, everybody, other, np.full(population.users, _NONE), finds, _FOLLOW)


def _follow(
    world: World,
    day: Day,
    at: Integers,
    who: Integers,
    source: Integers,
    impression: Integers,
    does: np.ndarray,
    action: int,
) -> None:
    """Log that sources are followed or left, each by each once, and remember it."""
    chosen = np.flatnonzero(does)
    _, first = np.unique(who[chosen] * SOURCES + source[chosen], return_index=True)
    chosen = chosen[first]
    chosen = chosen[world.follows[who[chosen], source[chosen]] == (action == _UNFOLLOW)]
    world.follows[who[chosen], source[chosen]] = action == _FOLLOW
    day.log(
        "user_follow_action",
        at[chosen],
        who[chosen],
        target_source_id=world.population.users + source[chosen],
        action=action,
        impression_id=impression[chosen],
    )


def _ask_readers(world: World, day: Day) -> None:
    """Ask some readers how their feed is; who is about to leave does not answer."""
    causes, population = world.causes, world.population
    asked = np.flatnonzero(
        ((np.arange(population.users) + day.number) % SURVEY_DAYS == 0)
        & (day.number < population.leaves_day)
    )
    size = len(asked)
    at = day.start + day.between(17 * 3_600, 22 * 3_600, size)
    complains = np.array([each.complains for each in causes.rankings])
    is_bored = population.leaves_day[asked] - day.number <= BORED_DAYS
    unhappy = day.chance(complains[population.ranking(day.number)[asked]], size) | is_bored
    odds = np.where(unhappy, causes.answers[1], causes.answers[0])
    odds = odds * np.array(causes.answers_by_activity)[population.activity[asked]]
    answers = day.chance(odds, size) & ~is_bored
    response = np.where(unhappy, np.where(day.chance(0.6, size), ECHO_CHAMBER, BOREDOM), CONTENT)
    day.log(
        "user_survey_response",
        at,
        asked,
        survey_id=OF_FEED,
        question_id=OF_FEED,
        is_answered=answers,
        response_value=np.where(answers, response, _NONE),
    )


def _ask_creators(world: World, day: Day) -> None:
    """Ask some creators how many they reach; those whom fewer see complain more."""
    causes = world.causes
    if day.number < 2 * REACH_DAYS:
        return
    asked = np.flatnonzero((np.arange(SOURCES) + day.number) % CREATOR_SURVEY_DAYS == 0)
    size = len(asked)
    now, before = (
        world.reach[day.number - since : day.number - since + REACH_DAYS, asked].sum(axis=0)
        for since in (REACH_DAYS, 2 * REACH_DAYS)
    )
    fell = now < REACH_FELL * before
    complains = day.chance(np.where(fell, *reversed(causes.creator_complains)), size)
    answers = day.chance(causes.creator_answers, size)
    response = np.where(complains, REDUCED_REACH, CONTENT)
    day.log(
        "user_survey_response",
        day.start + day.between(9 * 3_600, 16 * 3_600, size),
        world.population.users + asked,
        survey_id=OF_REACH,
        question_id=OF_REACH,
        is_answered=answers,
        response_value=np.where(answers, response, _NONE),
    )


def _leave(world: World, day: Day) -> None:
    """Log who uninstalls the app, early in the day."""
    who = np.flatnonzero(world.population.leaves_day == day.number)
    size = len(who)
    day.log(
        "app_uninstall",
        day.start + day.between(3_600, 6 * 3_600, size),
        who,
        reason=day.one_of((0.7, 0.2, 0.1), size),
    )


def simulate_day(world: World, day: Day) -> None:
    """Simulate one UTC day; codes and indexes are spelled out in events.py."""
    _leave(world, day)
    _read(world, day)
    _ask_readers(world, day)
    _ask_creators(world, day)
