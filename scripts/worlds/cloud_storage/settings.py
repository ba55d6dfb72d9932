"""The causes of the cloud-storage worlds, in one place."""

from dataclasses import dataclass, replace

from scripts.worlds.kit.habits import ByChance

LAUNCH_DAY = 28
"""Day of the world on which the experiment starts, a Monday."""

GROUPS = 5
"""The users are enrolled in so many equal parts, one each week from the launch on."""

EXPERIMENT = "quick_access_home_panel"
VARIANTS = ("control", "treatment_quick_access")
CONTROL, TREATMENT = 0, 1

MODELS = ("ranker-1", "ranker-2")
MODEL_DAY = 59
"""Day of the world on which the second model takes over, a Thursday."""

NOVELTY_DAYS = 7
"""Days from the first exposure, that day included, on which a new panel catches the eye."""

PANEL_FILES = 5
FAVOURITES = 8

TEAMS = (2, 3, 4, 5)
"""Members of the teams, which come one after another; as many users after them work alone."""

COMING = ByChance(most=6)
"""How users come: by chance, and at most six times on one day."""

TASKS = (0.65, 0.25, 0.10)
"""Shares of sessions that are meant for one, two and three tasks."""

FEEDBACKS = (0.75, 0.15, 0.10)
"""Shares of complaints that say one, two and three things."""

RETRIES = 2
"""Searches after the first one of a task, at most; each happens with `another_query`."""

FURTHER_STEPS = 3
"""Steps through folders after the first one, at most; each happens with `another_step`."""


@dataclass(frozen=True)
class Model:
    """How well a model ranks.

    Attributes:
        favourite: probability that a wanted favourite is among the suggestions.
        other: the same for any other file.
        ranks: shares of the ranks 1 to 5 among the wanted files that are suggested.
    """

    favourite: float
    other: float
    ranks: tuple[float, float, float, float, float]


@dataclass(frozen=True)
class Causes:
    """Everything that decides how a world goes; the defaults are the healthy one.

    Probabilities and shares are between 0 and 1. The seconds of a step are those of a user of
    average pace, one second on top.
    """

    # Sessions. A user has so many on an average day; some join during the history.
    sessions_per_day: float = 0.10
    joining_share: float = 0.22
    weekday: tuple[float, ...] = (1.12, 1.14, 1.12, 1.1, 1.04, 0.7, 0.78)
    home: float = 0.88
    gives_up: float = 0.05
    wants_favourite: float = 0.74
    # Teams work on the same documents. A favourite is a colleague's with these odds, but for the
    # colleague who keeps it for the team: so about a tenth of what members want is somebody else's.
    shares_favourite: float = 0.2

    # Searching and browsing. `search_habit` is the mean share of files that a user searches for;
    # where there is a panel, searches may fail more often.
    search_habit: float = 0.55
    another_query: float = 0.15
    another_query_at_panel: float = 0.15
    browses_after_search: float = 0.18
    another_step: float = 0.2
    orient_seconds: float = 8.0
    query_seconds: float = 17.0
    step_seconds: float = 10.0
    recognise_seconds: float = 10.0
    work_seconds: float = 45.0

    # The panel: what it lists, who looks at it, and what goes wrong with it.
    models: tuple[Model, Model] = (
        Model(0.90, 0.50, (0.66, 0.17, 0.09, 0.05, 0.03)),
        Model(0.94, 0.56, (0.70, 0.16, 0.07, 0.04, 0.03)),
    )
    attention: float = 0.82
    novelty: float = 1.15
    returns_home: float = 0.45
    opens: float = 0.97
    mistap: float = 0.03
    double_click: float = 0.03
    stale: float = 0.12
    stale_opens: float = 0.15
    restored: float = 0.08
    complains: float = 0.055
    look_seconds: float = 3.0
    load_seconds: float = 1.0

    # What the panel does to its users.
    treated_sessions: float = 1.04
    buries_folders: float = 0.0

    # What goes wrong with the experiment. Crashes are by platform: ios, android, web.
    reset_share: float = 0.01
    crashes: tuple[float, float, float] = (0.0, 0.0, 0.0)


WORLDS: dict[str, Causes] = {
    "healthy": Causes(),
    "degraded": replace(
        Causes(),
        # A model that guesses, on a panel that people have learnt to overlook.
        models=(
            Model(0.33, 0.18, (0.25, 0.20, 0.20, 0.18, 0.17)),
            Model(0.35, 0.20, (0.26, 0.20, 0.20, 0.17, 0.17)),
        ),
        attention=0.28,
        opens=0.68,
        complains=0.07,
        # It pushes the folders off the screen, so that people have to search, and it annoys.
        buries_folders=0.8,
        another_query_at_panel=0.2,
        treated_sessions=0.6,
    ),
    "broken_assignment": replace(Causes(), crashes=(0.0, 1.0, 1.0)),
}
