"""The causes of the short-video worlds, in one place."""

from dataclasses import dataclass, replace

FEATURES = ("Feed", "Stories", "Reels", "Image_Upload")
FEED, STORIES, REELS, IMAGE_UPLOAD = range(4)

COUNTRIES = ("US", "BR", "IN", "GB")
COUNTRY_PATTERN = (0, 1, 2, 0, 3, 1, 2, 0, 3, 1)
"""Countries of ten users in a row."""

LAUNCH_DAYS = (28, 35, 42, 49)
"""Monday on which each country gets reels; the first is 2 February 2026."""

NEWCOMERS_FROM = 35
MESSAGE_DAYS = (1, 7, 14, 30, 60)
"""Days after the signup on which the app writes to its new users."""

LANDMARK_DAY = 7
"""Whoever has used reels by this day after the signup is told apart from the others."""

NOVELTY_DAYS = 14
SEASON = range(28, 56)
"""Days in which spring lets everybody stay longer, a little more each day."""

SHOCK_COUNTRY, SHOCK_DAYS = 2, range(56, 84)
"""The cricket season of one country, in which its people stay longer in the feed."""

CATALOGUE = 40
"""Reels that are there before anybody makes one."""

REEL_SECONDS = (7, 9, 12, 15, 24)
LOGGED_VIEWS = 2
"""Views that a client logs of each session with reels."""

MESSAGE_AGES = frozenset(MESSAGE_DAYS)


@dataclass(frozen=True)
class Causes:
    """Everything that decides how a world goes; the defaults are the healthy one.

    Times are in seconds, and probabilities and shares between 0 and 1.
    """

    # Who comes. Settled users have a weekday of their own, some of them two.
    second_day: float = 0.12
    level_spread: float = 0.35
    returns: tuple[float, float] = (0.45, 0.5)
    stays_with_reels: float = 0.75
    stays_without: float = 0.28
    looks_in: float = 0.01

    # Who takes up reels: the heaviest of the settled users, and newcomers on their first visit or
    # a later one. Half of the settled ones do so a week late.
    adopters: float = 0.62
    adopts_late: float = 0.4
    newcomer_adopts: tuple[float, float] = (0.5, 0.12)
    uses_reels: float = 0.92

    # Time in a visit. Reels take some of that of the feed, and of stories.
    feed_seconds: float = 400.0
    feed_spread: float = 0.06
    season: float = 0.05
    shock: float = 0.08
    taken_from_feed: float = 0.03
    stories: float = 0.35
    stories_seconds: float = 60.0
    taken_from_stories: float = 0.1
    reels_minutes: float = 27.0
    reels_spread: float = 0.35
    novelty: float = 1.2
    reels_first: float = 0.3
    back_to_feed: float = 0.4
    past_midnight: float = 0.02

    # What a view comes to. The feed of reels learns, so that more of them are watched to the end.
    reaches_quarter: float = 0.85
    completes: float = 0.70
    learns: float = 0.06
    loops: float = 0.38
    loops_again: float = 0.3
    likes: float = 0.10
    comments: float = 0.03
    shares: float = 0.02
    saves: float = 0.03
    takes_like_back: float = 0.08

    # What is created. Reels can be published from a day on.
    creators: float = 0.5
    begins_reel: float = 0.7
    publishes: float = 0.7
    published_from: int = 0
    saves_draft: float = 0.3
    tools: tuple[float, ...] = (0.15, 0.25, 0.35, 0.25)
    uploads_image: float = 0.4
    uploads_more: float = 1.8
    engages_feed: float = 0.4
    engages_stories: float = 0.2
    like_button_hidden: float = 1.0

    # Where new users come from.
    declares: tuple[float, float, float] = (0.2, 0.15, 0.1)
    is_touched: float = 0.2

    # How healthy the platform is.
    reports: float = 25e-6
    reports_again: float = 0.3
    post_reports: float = 0.15
    latency_ms: float = 95.0
    latency_spread: float = 0.25
    slow_release: float = 0.01
    slowness: float = 3.0

    # Where users are, and what is logged of it. Most movers move in the first weeks.
    moves_early: float = 0.85
    updates_profile: float = 0.45
    is_asked: float = 0.9
    allows_gps: float = 0.65
    new_gateways: float = 0.0
    refreshes: float = 0.17
    opens_with_gps: float = 0.2
    changes_network: float = 0.06
    geotags: float = 0.012
    # Whoever is new in a place looks for what is near; travellers see sights and few shops.
    settling_in: float = 0.2
    looks_around: float = 0.015
    sees_sights: float = 0.2
    visits_shops: float = 0.012
    profile_fills_itself: float = 0.0
    web_lost_from: int = 1 << 30


WORLDS: dict[str, Causes] = {
    "healthy": Causes(),
    "degraded": replace(
        Causes(),
        # Few take reels up, and newcomers who do so tire of the app.
        adopters=0.36,
        newcomer_adopts=(0.3, 0.05),
        stays_with_reels=0.25,
        stays_without=0.7,
        # Reels take from what was there: time, and pictures of those who make them.
        taken_from_feed=0.12,
        uploads_more=0.4,
        # The ranking is bad: people swipe on.
        reels_minutes=13.0,
        reaches_quarter=0.6,
        completes=0.38,
        learns=0.0,
        loops=0.1,
        likes=0.02,
        comments=0.01,
        shares=0.005,
        saves=0.005,
        # The editor loses what was made, for five weeks, and few try again.
        begins_reel=0.4,
        publishes=0.5,
        published_from=66,
        # A release hides the like button of the feed on Android.
        like_button_hidden=0.1,
        # A wave of spam, and a release whose requests wait for a slow shard.
        reports=600e-6,
        slow_release=0.25,
        slowness=4.0,
        # Few let the new release read where the phone is. A carrier has moved most of its users to
        # gateways that the table of addresses takes for lines in one city.
        allows_gps=0.05,
        new_gateways=0.6,
        # It fills the city of the address into the profile, of travellers too, and the web's
        # signals have been lost on the way.
        profile_fills_itself=0.9,
        web_lost_from=0,
    ),
}
