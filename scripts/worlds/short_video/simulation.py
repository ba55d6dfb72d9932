"""One day of short video: who comes, what each visit holds, and what is watched and made in it."""

from dataclasses import dataclass

import numpy as np

from scripts.worlds.envelope import SECONDS_PER_DAY, Booleans, Floats, Integers
from scripts.worlds.kit.day import Day
from scripts.worlds.kit.hours import Hours
from scripts.worlds.kit.people import NEVER
from scripts.worlds.short_video.events import A_POST, AN_IMAGE, CREATE, LIKE, SHARE, TOOLS, VIEW
from scripts.worlds.short_video.population import HOSTS, Population, return_odds
from scripts.worlds.short_video.reels import make_reels, watch_reels
from scripts.worlds.short_video.settings import (
    FEED,
    IMAGE_UPLOAD,
    LANDMARK_DAY,
    LAUNCH_DAYS,
    REEL_SECONDS,
    SEASON,
    SHOCK_COUNTRY,
    SHOCK_DAYS,
    STORIES,
    Causes,
)
from scripts.worlds.short_video.sharing import publish_and_share
from scripts.worlds.short_video.visits import Visits
from scripts.worlds.short_video.whereabouts import log_whereabouts
from scripts.worlds.short_video.world import World

_HOURS = Hours(
    *(1, 0.5, 0.3, 0.2, 0.2, 0.5, 2, 4, 5, 4, 4, 4, 5, 4, 4, 4, 5, 6, 8, 10, 11, 10, 7, 3)
)
_DEVICE_OF_PLATFORM = np.array([0, 0, 2])
_REASON_SHARES = (0.6, 0.1, 0.1, 0.1, 0.1)
_SAMPLES = (3, 2)
"""Requests of each service that are logged on a day."""


@dataclass(frozen=True)
class _Plan:
    """What each visit of a day holds, one entry for each of them."""

    reels: Booleans
    stories: Booleans
    uploads: Booleans
    feed: Integers
    reels_first: Booleans
    returns: Booleans


def calendar_factor(causes: Causes, country: Integers, day: int) -> Floats:
    """Give how much longer than usual people stay in the feed on a day, by their country."""
    season = 1 + causes.season * np.clip((day - SEASON.start) / len(SEASON), 0, 1)
    shock = (country == SHOCK_COUNTRY) & (day in SHOCK_DAYS)
    return np.asarray(season * np.where(shock, 1 + causes.shock, 1.0))


def adoption_odds(causes: Causes, population: Population, day: int) -> Floats:
    """Give the odds that a newcomer who comes takes up reels on a day, shape (users,)."""
    first = day == population.joined_day
    odds = np.where(first, *causes.newcomer_adopts)
    return np.where(population.launch_day <= day, odds, 0.0)


def upload_odds(causes: Causes, population: Population, uses: Booleans) -> Floats:
    """Give the odds that a visit holds an image upload, shape (users,)."""
    return np.where(uses & population.is_creator, causes.uploads_more, 1.0) * causes.uploads_image


def _comes(world: World, day: Day) -> Booleans:
    """Draw who comes; settled users do on their weekdays, newcomers by chance."""
    causes, population = world.causes, world.population
    age = day.number - population.joined_day
    by_landmark = world.used_since <= population.joined_day + LANDMARK_DAY
    odds = np.array(
        [return_odds(causes, int(a), bool(u)) for a, u in zip(age, by_landmark, strict=True)]
    )
    odds[: population.settled] = population.weekdays[: population.settled, day.number % 7]
    return day.chance(odds, population.users)


def _take_up(world: World, day: Day, comes: Booleans) -> None:
    """Let some of those who come take up reels."""
    population = world.population
    settled = population.adoption_day == day.number
    newly = comes & day.chance(
        adoption_odds(world.causes, population, day.number), population.users
    )
    newly[: population.settled] = settled[: population.settled]
    world.used_since[newly & (world.used_since == NEVER)] = day.number


def _begin(world: World, day: Day, comes: Booleans) -> Visits:
    """Begin the visits of a day; a few begin shortly before midnight and end after it."""
    user = np.flatnonzero(comes)
    size = len(user)
    start = _HOURS.starts(day, user, np.zeros_like(user), world.population.users)
    late = day.start + SECONDS_PER_DAY - day.between(60, 600, size)
    start = np.where(day.chance(world.causes.past_midnight, size), late, start)
    visits = Visits(day, world.sessions.next(size), user, start, np.zeros(size, dtype=np.int64))
    device = _DEVICE_OF_PLATFORM[world.population.actors.platform[user]]
    visits.log("user_session_start", np.arange(size), device_type=device)
    visits.pass_seconds(np.arange(size), 1)
    visits.log("user_active_session_start", np.arange(size))
    visits.pass_seconds(np.arange(size), 1)
    return visits


def _plan(world: World, day: Day, visits: Visits) -> _Plan:
    causes, population, user = world.causes, world.population, visits.user
    size = len(user)
    since = world.used_since[user]
    uses = since <= day.number
    reels = uses & ((since == day.number) | day.chance(causes.uses_reels, size))
    seconds = causes.feed_seconds * population.level[user]
    seconds *= calendar_factor(causes, population.country[user], day.number)
    seconds *= np.where(uses, 1 - causes.taken_from_feed, 1.0)
    noise = day.generator.lognormal(-(causes.feed_spread**2) / 2, causes.feed_spread, size)
    first = reels & day.chance(causes.reels_first, size)
    uploads = upload_odds(causes, population, world.used_since <= day.number)[user]
    return _Plan(
        reels=reels,
        stories=day.chance(causes.stories, size),
        uploads=day.chance(uploads, size),
        feed=(1_000 * seconds * noise).astype(np.int64),
        reels_first=first,
        returns=reels & ~first & day.chance(causes.back_to_feed, size),
    )


def _read_feed(world: World, day: Day, visits: Visits, plan: _Plan) -> None:
    """Read the feed, and like, comment on or share some of it."""
    causes, population = world.causes, world.population
    everybody = np.arange(len(visits.user))
    first_part = np.where(plan.returns, plan.feed * 7 // 10, plan.feed)
    visits.interact(everybody, FEED, VIEW, first_part)
    hidden = population.is_android & (population.launch_day <= day.number)
    odds = causes.engages_feed * np.where(hidden, causes.like_button_hidden, 1.0)
    _engage(world, visits, everybody, FEED, odds[visits.user])


def _engage(
    world: World, visits: Visits, who: Integers, feature: int, odds: float | Floats
) -> None:
    day = visits.day
    who = who[day.chance(odds, len(who))]
    kind = LIKE + day.one_of((0.7, 0.2, 0.1), len(who))
    visits.interact(who, feature, kind, None, A_POST + day.between(1, 9_999, len(who)))


def _look_at_stories(world: World, day: Day, visits: Visits, plan: _Plan) -> None:
    causes = world.causes
    who = np.flatnonzero(plan.stories)
    uses = world.used_since[visits.user[who]] <= day.number
    seconds = causes.stories_seconds * world.population.level[visits.user[who]]
    seconds *= np.where(uses, 1 - causes.taken_from_stories, 1.0)
    visits.log("stories_viewed", who, stories_count=1 + day.generator.poisson(3, len(who)))
    visits.interact(
        who, STORIES, VIEW, (1_000 * seconds * day.generator.uniform(0.7, 1.3, len(who)))
    )
    _engage(world, visits, who, STORIES, causes.engages_stories)


def _upload_images(world: World, day: Day, visits: Visits, plan: _Plan) -> None:
    who = np.flatnonzero(plan.uploads)
    image = AN_IMAGE + world.images.next(len(who))
    visits.log("content_creation", who, feature_name=IMAGE_UPLOAD, content_id=image)
    visits.interact(who, IMAGE_UPLOAD, CREATE, day.between(20_000, 90_000, len(who)), image)


def _reels_of(world: World, day: Day, visits: Visits, which: Booleans) -> None:
    who = np.flatnonzero(which)
    watch_reels(world, day, visits, who)
    makes = world.population.is_creator[visits.user[who]]
    make_reels(world, day, visits, who[makes & day.chance(world.causes.begins_reel, len(who))])


def _welcome(world: World, day: Day) -> None:
    """Log the signups of a day, and the reels that were shared with those who will sign up."""
    population = world.population
    new = np.flatnonzero(population.joined_day == day.number)
    at = day.start + day.between(0, 3_600, len(new))
    day.log("user_signup_completed", at, new)
    source = population.declared[new]
    day.log(
        "user_signup_referral",
        at + 1,
        new,
        where=source >= 0,
        source=source,
        # Invitations and advertisements are of no feature.
        referred_by_feature=np.where(source == 0, 0, -1),
    )
    touched = np.flatnonzero(population.touched_day == day.number)
    number = day.between(1, world.reels.given + 1, len(touched))
    day.log(
        "reel_view_impression",
        day.start + day.between(0, SECONDS_PER_DAY, len(touched)),
        touched,
        view_id=world.views.next(len(touched)),
        reel_id=number,
        session_id=-1,
        view_source=SHARE,
        content_length_sec=np.array(REEL_SECONDS)[number % len(REEL_SECONDS)],
        views_represented=1,
    )


def _show_the_way(world: World, day: Day) -> None:
    """Let a reel be published on the day of the launch, from another app and with no tool.

    A creator does so who takes reels up as one of the first, or somebody would count as a creator
    who makes nothing more.
    """
    if day.number != LAUNCH_DAYS[0]:
        return
    population = world.population
    first = np.argmin(np.where(population.is_creator, population.adoption_day, NEVER))
    reel = world.reels.next(1)
    day.log(
        "reel_published",
        np.array([day.start + 32_400]),
        np.array([first]),
        reel_session_id=-1,
        reel_id=reel,
        creation_time_ms=-1,
        tools_used_list=np.full((1, len(TOOLS)), -1),
        content_length_sec=np.array(REEL_SECONDS)[reel % len(REEL_SECONDS)],
    )


def _report(world: World, day: Day, viewers: Integers, views: int) -> None:
    """Let viewers report reels, some of them twice, and posts."""
    causes = world.causes
    if not len(viewers):
        return
    count = int(day.generator.poisson(causes.reports * views))
    posts = int(day.generator.poisson(causes.post_reports))
    reporter = viewers[day.between(0, len(viewers), count + posts)]
    is_reel = np.arange(count + posts) < count
    number = day.between(1, world.reels.given + 1, count + posts)
    content = np.where(is_reel, 2 * AN_IMAGE + number, A_POST + number)
    at = day.start + day.between(0, SECONDS_PER_DAY, count + posts)
    reason = day.one_of(_REASON_SHARES, count + posts)
    again = is_reel & day.chance(causes.reports_again, count + posts)
    for seconds, where in ((0, None), (120, again)):
        day.log(
            "content_report",
            at + seconds,
            reporter,
            where=where,
            content_id=content,
            content_type=np.where(is_reel, 0, 1),
            reason_code=reason,
        )


def _serve(world: World, day: Day) -> None:
    """Log some requests of the services, once there are reels."""
    causes = world.causes
    if day.number < LAUNCH_DAYS[0]:
        return
    service = np.repeat(np.arange(len(_SAMPLES)), _SAMPLES)
    size = len(service)
    slow = day.chance(causes.slow_release, size)
    latency = day.generator.lognormal(np.log(causes.latency_ms), causes.latency_spread, size)
    latency *= np.where(slow, causes.slowness, 1.0)
    day.log(
        "system_performance_log",
        day.start + day.between(0, SECONDS_PER_DAY, size),
        world.population.users + day.between(0, HOSTS, size),
        service_name=service,
        latency_ms=latency.astype(np.int64),
        error_rate=day.generator.uniform(0, 0.02, size),
        cpu_utilization=day.generator.uniform(0.3, 0.8, size),
    )


def simulate_day(world: World, day: Day) -> None:
    """Simulate one UTC day; codes and indexes are spelled out in events.py."""
    _welcome(world, day)
    _show_the_way(world, day)
    comes = _comes(world, day)
    _take_up(world, day, comes)
    visits = _begin(world, day, comes)
    plan = _plan(world, day, visits)
    _reels_of(world, day, visits, plan.reels & plan.reels_first)
    _read_feed(world, day, visits, plan)
    _look_at_stories(world, day, visits, plan)
    _reels_of(world, day, visits, plan.reels & ~plan.reels_first)
    back = np.flatnonzero(plan.returns)
    visits.interact(back, FEED, VIEW, (plan.feed - plan.feed * 7 // 10)[back])
    _upload_images(world, day, visits, plan)
    visits.log("main_feed_time_spent", np.arange(len(visits.user)), duration_ms=plan.feed)
    viewers = visits.user[plan.reels]
    views = sum(
        int(part["total_reels_viewed"].sum()) for part in day.parts.get("reel_session_summary", [])
    )
    _report(world, day, viewers, views)
    _serve(world, day)
    publish_and_share(world.sharing, world.population, day)
    log_whereabouts(world.causes, world.places, day)
