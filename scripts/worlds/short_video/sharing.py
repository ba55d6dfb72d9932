"""Posts that are shared: who sees them, directly or by a share, and who shares them again.

A post is as good as its grade: a better one is seen and liked more, and shared much more. So what
is shared is liked more than what is not, although the same post is liked less on a share. A share
reaches some of those who follow the creator, and more of those who follow the sharer.

All that a post leads to is drawn on its day, generation by generation: views of the post, shares
by some of the viewers, views of these shares, and so on. A generation is smaller than the one
before, on average, but a few shares have large audiences.
"""

from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from scripts.worlds.envelope import SECONDS_PER_DAY, WEB, Booleans, Floats, Integers
from scripts.worlds.fields import ids, one_of, whole
from scripts.worlds.kit.day import Day
from scripts.worlds.kit.numbers import Numbers
from scripts.worlds.kit.people import around_one
from scripts.worlds.kit.truth import Expected
from scripts.worlds.scenario import Fields
from scripts.worlds.short_video.population import Population

POST_TYPES = ("photo", "video")
PHOTO, VIDEO = range(2)
SHARE_PLATFORMS = ("native_reshare", "external_link")
NATIVE, EXTERNAL = range(2)
ENGAGEMENTS = ("like", "comment", "save", "view")
VIEW = 3
COMMENTS = ("so true", "look at this", "must see")

_original, _instance, _view = ids("o", 6), ids("x", 6), ids("w", 6)

SHARING_FIELDS: Fields = {
    "content_created": {"content_id_original": _original, "content_type": one_of(POST_TYPES)},
    "content_shared": {
        "content_id_original": _original,
        "shared_instance_id": _instance,
        "parent_shared_instance_id": _instance,
        "share_depth": whole,
        "share_platform": one_of(SHARE_PLATFORMS),
        "sharing_user_comment": one_of(COMMENTS),
    },
    "engagement_on_content": {
        "content_id_original": _original,
        "shared_instance_id": _instance,
        "engagement_type": one_of(ENGAGEMENTS),
    },
    "view_on_content": {
        "view_id": _view,
        "content_id_original": _original,
        "shared_instance_id": _instance,
        "referrer_shared_instance_id": _instance,
        "view_duration_ms": whole,
    },
}

_OF_A_SURFACE: dict[str, Any] = {
    "foreign_keys": {"content_id_original": "o9", "shared_instance_id": "x9"}
}
SHARING_PREFIXES = {
    "content_created": "co",
    "content_shared": "sh",
    "engagement_on_content": "en",
    "view_on_content": "vo",
}
SHARING_UNKNOWN_VALUES = {"share_platform": "carrier_pigeon", "engagement_type": "wink"}
SHARING_OTHERWISE: dict[str, dict[str, Any]] = {
    "content_shared": {"foreign_keys": {"content_id_original": "o9"}},
    "engagement_on_content": _OF_A_SURFACE,
    "view_on_content": _OF_A_SURFACE | {"money": ("view_duration_ms",)},
}
# In the order of the kinds in events.py.
SHARING_FAULTS = {
    "content_created": (2, 1, 0, 2, 0, 2, 0, 0),
    "content_shared": (2, 1, 0, 2, 1, 2, 0, 2),
    "engagement_on_content": (2, 2, 1, 2, 0, 2, 0, 3),
    "view_on_content": (3, 3, 1, 2, 2, 0, 1, 4),
}

_STREAM = 4
"""Posts have a chance of their own, so that whatever was there before them stays as it is."""
_QUESTION = 3
_AUDIENCE = 42
"""Users that follow one another, about; the others are strangers until something is shared."""
_LONGEST_LIFE = 7 * SECONDS_PER_DAY - 3_600
_MOST_GENERATIONS = 40
_KIND_SHARES = (0.7, 0.2, 0.1)


@dataclass(frozen=True)
class SharingCauses:
    """Everything that decides how posts fare; the defaults are those of the healthy world.

    One entry of each tuple for a dull, a usual and a striking post.
    """

    posts: float = 0.0185
    videos: float = 0.5
    grades: tuple[float, float, float] = (0.4, 0.35, 0.25)
    views: tuple[float, float, float] = (3.5, 5.0, 6.5)
    engages: tuple[float, float, float] = (0.12, 0.3, 0.55)
    shares: tuple[float, float, float] = (0.03, 0.15, 0.22)

    # Shares. Who shares what was shared is rarer, or it would never end.
    shares_again: float = 0.6
    native: float = 0.75
    audience: float = 4.0
    audience_spread: float = 0.8
    overlap: float = 0.3
    engages_on_share: float = 0.9
    clicks: float = 0.12
    clicks_external: float = 0.8
    comments: float = 0.4
    hours: float = 2.0
    hours_spread: float = 1.0

    # What a client forgets to send.
    forgets_share_of_video: bool = False


SHARING_WORLDS: dict[str, SharingCauses] = {
    "healthy": SharingCauses(),
    "degraded": replace(
        SharingCauses(),
        # Shares reach the wrong people: those who have seen it, and those who do not care.
        overlap=0.85,
        engages_on_share=0.09,
        # A release logs what is seen and done on a shared video as if it was on the original.
        forgets_share_of_video=True,
    ),
}


@dataclass(frozen=True)
class Sharing:
    """What lasts of posts and shares while the days go by.

    Attributes:
        causes: those of the world.
        seed: that of the world.
        originals, instances, views: numbers of posts, shares of posts and views given out so far.
    """

    causes: SharingCauses
    seed: int
    originals: Numbers = field(default_factory=Numbers)
    instances: Numbers = field(default_factory=Numbers)
    views: Numbers = field(default_factory=Numbers)


@dataclass(frozen=True)
class _Views:
    """Views of posts, one entry each.

    Attributes:
        post: which post of the day.
        instance: number of the share that it is on, -1 on the post itself.
        depth: shares that lie between the post and the viewer.
        viewer: who.
        at: second.
    """

    post: Integers
    instance: Integers
    depth: Integers
    viewer: Integers
    at: Integers

    def where(self, kept: Booleans) -> "_Views":
        """Give some of them."""
        return _Views(*(column[kept] for column in vars(self).values()))


@dataclass(frozen=True)
class _Posts:
    """Posts of a day, one entry each."""

    number: Integers
    creator: Integers
    grade: Integers
    kind: Integers
    at: Integers


@dataclass(frozen=True)
class _Network:
    """One day of the network.

    Attributes:
        sharing: what lasts.
        day: the day, with a chance of its own.
        posts: what is published on it.
        platform: index of each user's platform.
        circles: into how many circles of friends users fall.
        present: how many users there are, the first ones.
    """

    sharing: Sharing
    day: Day
    posts: _Posts
    platform: Integers
    circles: int
    present: int

    def someone_in(self, circle: Integers, other_than: Integers) -> Integers:
        """Draw somebody of each circle: a user whose number leaves it, divided by the circles."""
        members = np.maximum((self.present - circle + self.circles - 1) // self.circles, 2)
        drawn = (self.day.generator.random(len(circle)) * members).astype(np.int64)
        drawn = np.where(circle + self.circles * drawn == other_than, (drawn + 1) % members, drawn)
        return circle + self.circles * drawn

    def later(self, size: int) -> Integers:
        """Draw how many seconds after it was published something is seen."""
        causes = self.sharing.causes
        hours = causes.hours * self.day.generator.lognormal(0, causes.hours_spread, size)
        return (3_600 * hours).astype(np.int64) + 5

    def alive(self, views: _Views) -> _Views:
        """Give the views that come within a week of their post."""
        return views.where(views.at < self.posts.at[views.post] + _LONGEST_LIFE)


def publish_and_share(sharing: Sharing, population: Population, day: Day) -> None:
    """Publish the posts of a day, and log all that they lead to, on this day and later ones."""
    causes = sharing.causes
    generator = np.random.default_rng([sharing.seed, _STREAM, day.number, _QUESTION])
    day = replace(day, generator=generator)
    # Who signed up on an earlier day; those who join are numbered in that order.
    present = int((population.joined_day < day.number).sum())
    creator = np.flatnonzero(day.chance(causes.posts, present))
    size = len(creator)
    posts = _Posts(
        number=sharing.originals.next(size),
        creator=creator,
        grade=day.one_of(causes.grades, size),
        kind=np.where(day.chance(causes.videos, size), VIDEO, PHOTO),
        at=day.start + day.between(6 * 3_600, SECONDS_PER_DAY - 3_600, size),
    )
    day.log(
        "content_created",
        posts.at,
        creator,
        content_id_original=posts.number,
        content_type=posts.kind,
    )
    circles = max(population.users // _AUDIENCE, 2)
    network = _Network(sharing, day, posts, population.actors.platform, circles, present)
    seen = day.generator.poisson(np.array(causes.views)[posts.grade])
    post = np.repeat(np.arange(size), seen)
    followed = creator[post]
    generation = network.alive(
        _Views(
            post=post,
            instance=np.full(len(post), -1),
            depth=np.zeros_like(post),
            viewer=network.someone_in(followed % circles, followed),
            at=posts.at[post] + network.later(len(post)),
        )
    )
    for _ in range(_MOST_GENERATIONS):
        _look_at(network, generation, referrer=-1)
        generation = _share(network, generation)
        if not len(generation.post):
            break


def _share(network: _Network, views: _Views) -> _Views:
    """Let some viewers share what they see, and give the views of these shares."""
    causes, day, posts = network.sharing.causes, network.day, network.posts
    odds = np.array(causes.shares)[posts.grade[views.post]]
    odds = odds * np.where(views.depth > 0, causes.shares_again, 1.0)
    shared = views.where(day.chance(odds, len(odds)))
    size = len(shared.post)
    shared = network.alive(replace(shared, at=shared.at + day.between(20, 600, size)))
    size = len(shared.post)
    instance = network.sharing.instances.next(size)
    is_native = day.chance(causes.native, size)
    comment = day.between(0, len(COMMENTS), size)
    day.log(
        "content_shared",
        shared.at,
        shared.viewer,
        content_id_original=posts.number[shared.post],
        shared_instance_id=instance,
        parent_shared_instance_id=shared.instance,
        share_depth=shared.depth + 1,
        share_platform=np.where(is_native, NATIVE, EXTERNAL),
        sharing_user_comment=np.where(day.chance(causes.comments, size), comment, -1),
    )
    audience = causes.audience * around_one(day.generator, causes.audience_spread, size)
    reached = day.generator.poisson(np.where(is_native, audience, causes.clicks_external))
    origin = np.repeat(np.arange(size), reached)
    post, sharer = shared.post[origin], shared.viewer[origin]
    views = network.alive(
        _Views(
            post=post,
            instance=instance[origin],
            depth=shared.depth[origin] + 1,
            viewer=_audience_of(network, post, sharer),
            at=shared.at[origin] + network.later(len(origin)),
        )
    )
    on_platform = is_native[views.instance - network.sharing.instances.given + size - 1]
    # Who sees a link outside is not logged; who follows it comes to the original.
    _come_to_the_original(network, views.where(~on_platform))
    return views.where(on_platform)


def _audience_of(network: _Network, post: Integers, sharer: Integers) -> Integers:
    """Draw a viewer of each share: who follows the creator, too, or the sharer alone."""
    circles = network.circles
    home = network.posts.creator[post] % circles
    own = sharer % circles
    # A sharer from the creator's circle has friends in one more.
    other = (home + 1 + (sharer // circles) % (circles - 1)) % circles
    away = np.where(own == home, other, own)
    overlaps = network.day.chance(network.sharing.causes.overlap, len(post))
    return network.someone_in(np.where(overlaps, home, away), sharer)


def _come_to_the_original(network: _Network, clicks: _Views) -> None:
    """Let some viewers of shares look at the original itself."""
    direct = replace(clicks, instance=np.full(len(clicks.post), -1))
    _look_at(network, direct, referrer=clicks.instance)


def _look_at(network: _Network, views: _Views, referrer: Integers | int) -> None:
    """Log views with what is done in them, and the clicks that lead from shares to originals."""
    causes, day, posts = network.sharing.causes, network.day, network.posts
    size = len(views.post)
    forgets = causes.forgets_share_of_video & (posts.kind[views.post] == VIDEO)
    number, surface = posts.number[views.post], np.where(forgets, -1, views.instance)
    day.log(
        "view_on_content",
        views.at,
        views.viewer,
        view_id=network.sharing.views.next(size),
        content_id_original=number,
        shared_instance_id=surface,
        referrer_shared_instance_id=np.where(forgets, -1, referrer),
        view_duration_ms=(1_000 * day.amounts(9.0, 2.0, size)).astype(np.int64),
    )
    on_share = views.instance >= 0
    odds = np.array(causes.engages)[posts.grade[views.post]]
    engages = day.chance(odds * np.where(on_share, causes.engages_on_share, 1.0), size)
    # The web client logs each view as an engagement, too.
    on_web = network.platform[views.viewer] == WEB
    for seconds, where, kind in (
        (4, engages, day.one_of(_KIND_SHARES, size)),
        (0, on_web, np.full(size, VIEW)),
    ):
        day.log(
            "engagement_on_content",
            views.at + seconds,
            views.viewer,
            where=where,
            content_id_original=number,
            shared_instance_id=surface,
            engagement_type=kind,
        )
    clicks = views.where(on_share & day.chance(causes.clicks, size))
    if len(clicks.post):
        _come_to_the_original(network, network.alive(replace(clicks, at=clicks.at + 8)))


def expect_sharing(causes: SharingCauses) -> Expected:
    """Work out what a post leads to on average, all grades together.

    | metric | above | below |
    |---|---|---|
    | direct rate | odds to engage, times direct views | views of followers and after clicks |
    | rate of shares | the same on a share, times its views | shares times their audiences |
    | matched ratio | the same | what the post's own direct rate would lead to |
    | clicks | odds to click, times views of shares | views of shares |

    The sum over generations is a geometric series: each view of a native share leads to
    `shares * shares_again * native * audience` of the next generation.
    """
    grades, engages = np.array(causes.grades), np.array(causes.engages)
    views, shares = np.array(causes.views), np.array(causes.shares)
    reach = shares * causes.native * causes.audience
    on_shares = views * reach / (1 - causes.shares_again * reach)
    shared = views * shares + on_shares * shares * causes.shares_again
    clicks = on_shares * causes.clicks
    direct = views + clicks + shared * (1 - causes.native) * causes.clicks_external
    logged = 1 - causes.forgets_share_of_video * causes.videos

    def mean(of_a_post: Floats) -> float:
        return float(grades @ of_a_post)

    shared_engagements = causes.engages_on_share * engages * on_shares
    direct_engagements = engages * direct + (1 - logged) * shared_engagements
    return {
        "direct_engagement_rate_oc": (
            mean(direct_engagements) / mean(direct + (1 - logged) * on_shares),
            "engagements on the original / views of the original",
        ),
        "engagement_rate_sc": (
            mean(shared_engagements) / mean(on_shares),
            "engagements on shares / views of shares",
        ),
        "engagement_rate_sc.matched_ratio": (
            causes.engages_on_share,
            "engagements on shares / those that the same post's direct rate would bring",
        ),
        "click_through_to_original.per_view": (
            causes.clicks,
            "clicks from shares on the platform / views of these",
        ),
    }
