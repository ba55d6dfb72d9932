"""The causes of the news-feed worlds, in one place."""

from dataclasses import dataclass, replace

EXPERIMENT = "feed_ranking"
VARIANTS = ("control", "diversified", "chronological")
CONTROL, DIVERSIFIED, CHRONOLOGICAL = range(3)

EXPERIMENT_DAY = 28
"""Day of the world on which the experiment starts, a Monday."""
PLANNED_DAYS = 42
PLANNED_WEEKS = PLANNED_DAYS // 7

ASSIGNMENT = (CONTROL, CONTROL, DIVERSIFIED, DIVERSIFIED, CHRONOLOGICAL)
"""Variants of each five readers of a platform who come about equally often."""

TOPICS = ("travel", "food", "sports", "music", "politics", "science", "fashion", "games")
CONTENT_TYPES = ("photo", "video", "text", "link")
PHOTO, VIDEO, TEXT, LINK = range(4)
SOURCE_TYPES = (VIDEO, PHOTO, TEXT, VIDEO, LINK, PHOTO, TEXT)
"""What each source of a topic posts; topics have as many sources as this has entries."""
SOURCES = len(TOPICS) * len(SOURCE_TYPES)

POST_SECONDS = 7 * 86_400
"""A source posts once in so many seconds, at a time of its own."""
PAST_POSTS = 60
"""Posts of each source that are older than the world."""

MOST_ITEMS = 40
GLANCE_ITEMS = 2
THRESHOLD_SECONDS = 10
"""Seconds on the screen from which on a client logs that somebody dwells."""
LOOK_SECONDS = 1
"""An item that is looked at is on the screen for a second at least."""
SKIP_MILLISECONDS = 800
OPENING_MILLISECONDS = 2_000

KINDS = (0.5, 0.35, 0.25)
"""Likes, comments and shares, each relative to how much an item appeals."""
REPORTS_OF_HIDES = 0.15
HARM_NOISE = 0.1
HARM_HIDES = 3.0
HARM_CLICKS = 1.5
HARM_APPEALS = 0.3

SURVEY_DAYS, CREATOR_SURVEY_DAYS = 7, 14
"""Everybody is asked once in so many days; creators when their reach of two weeks is known."""
REACH_DAYS = 14
REACH_FELL = 0.8
BORED_DAYS = 7
"""So many days before they leave for good, readers no longer answer."""


@dataclass(frozen=True)
class Ranking:
    """How a variant fills the feed, and what that does to its readers.

    Attributes:
        focus: power of a reader's taste in topics; above 1 the feed is narrower than the taste.
        narrows: what a week of the experiment adds to it: the filter bubble.
        mixed: share of places that go to any topic alike.
        follows: how many times as often a followed source is shown as another one.
        likes_types: power of a reader's taste in types of content.
        videos: how many times as often a video is shown as taste says.
        bait: how much more often a wholly harmful source is shown, as its posts are clicked.
        appeal: how much more readers care for what they see, by week of the experiment.
        depth: how many times as many items beyond the first ones are read.
        interest: how many times as long an item holds.
        hides: odds that a harmless item is hidden.
        complains: odds that a reader is not content.
        late: odds that a post is not the latest one of its source.
    """

    focus: float
    narrows: float
    mixed: float
    follows: float
    likes_types: float
    videos: float
    bait: float
    appeal: tuple[float, ...]
    depth: float
    interest: float
    hides: float
    complains: float
    late: float


_CONTROL = Ranking(
    focus=1.5,
    narrows=0.06,
    mixed=0.2,
    follows=2.5,
    likes_types=1.0,
    videos=1.0,
    bait=5.0,
    appeal=(1.0,) * PLANNED_WEEKS,
    depth=1.0,
    interest=1.0,
    hides=0.006,
    complains=0.42,
    late=0.3,
)
# Variety tires less, and it takes some weeks until the ranking knows what else a reader likes.
_DIVERSIFIED = replace(
    _CONTROL,
    focus=0.8,
    narrows=0.0,
    mixed=0.5,
    follows=1.2,
    likes_types=0.5,
    bait=0.0,
    appeal=(0.95, 1.35, 1.65, 1.75, 1.8, 1.8),
    depth=1.2,
    interest=1.2,
    hides=0.002,
    complains=0.15,
)
_CHRONOLOGICAL = replace(
    _CONTROL,
    focus=0.0,
    narrows=0.0,
    mixed=1.0,
    follows=1.0,
    likes_types=0.0,
    bait=0.0,
    appeal=(0.65,) * PLANNED_WEEKS,
    depth=0.9,
    interest=0.9,
    hides=0.0045,
    complains=0.38,
    late=0.05,
)


@dataclass(frozen=True)
class Causes:
    """Everything that decides how a world goes; the defaults are the healthy one.

    Probabilities and shares are between 0 and 1.
    """

    # Who comes, and how often: a few come much more often than the others.
    sessions_per_day: float = 0.052
    habit_spread: float = 0.3
    heavy_share: float = 0.1
    heavy_times: float = 2.0
    regularity: int = 6
    weekday: tuple[float, ...] = (1.0, 1.0, 0.95, 0.95, 1.0, 1.1, 1.0)
    leaves: float = 0.08

    # A session on a phone and in a browser: the items that everybody reads, and how many more.
    glances: float = 0.06
    phone_items: tuple[int, float] = (7, 6.0)
    web_items: tuple[int, float] = (14, 9.0)
    crashes: float = 0.04
    preloaded_on_web: int = 3

    # Taste. The smaller the concentration, the fewer topics a reader cares for.
    taste_concentration: float = 0.5
    type_taste: tuple[float, ...] = (2.0, 2.6, 1.4, 0.8)
    followed: int = 8

    # An item: whether it is looked at, for how long, and what is done with it. Who reads in a
    # browser reads on, and cares more.
    seen: float = 0.9
    dwell_seconds: float = 6.0
    position_power: float = 0.4
    appeals: float = 0.66
    indifferent: float = 0.4
    tires: float = 0.7
    web_appeal: float = 1.15
    clicks: float = 0.22
    profile_clicks: float = 0.05
    expands: float = 0.35
    contractable: float = 0.4
    follows_from_feed: float = 0.02
    follows_elsewhere: float = 0.008
    unfollows: float = 0.005

    # Surveys: who is not content answers less often, and so does who comes seldom.
    answers: tuple[float, float] = (0.6, 0.35)
    answers_by_activity: tuple[float, float, float] = (0.75, 1.0, 1.25)
    creator_answers: float = 0.8
    creator_complains: tuple[float, float] = (0.12, 0.5)

    rankings: tuple[Ranking, Ranking, Ranking] = (_CONTROL, _DIVERSIFIED, _CHRONOLOGICAL)


WORLDS: dict[str, Causes] = {
    "healthy": Causes(),
    "degraded": replace(
        Causes(),
        # The new ranking is bait: one type from few sources, which annoys and bores.
        phone_items=(4, 3.5),
        web_items=(7, 5.0),
        sessions_per_day=0.09,
        rankings=(
            replace(_CONTROL, focus=2.0, mixed=0.05, videos=3.0, complains=0.25, hides=0.02),
            replace(
                _CONTROL,
                focus=3.0,
                mixed=0.0,
                follows=9.0,
                videos=9.0,
                appeal=(0.8, 0.7, 0.6, 0.5, 0.5, 0.5),
                depth=0.6,
                interest=0.7,
                hides=0.06,
                complains=0.7,
            ),
            replace(_CHRONOLOGICAL, videos=3.0, appeal=(1.5,) * PLANNED_WEEKS, hides=0.02),
        ),
    ),
}
