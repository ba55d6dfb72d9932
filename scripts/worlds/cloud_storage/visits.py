"""What one session is expected to lead to, from the probabilities of its steps alone.

Every step takes a mean time that depends on nothing but its kind and the user's pace, so expected
seconds are sums over the ways in which a task can go, each with its probability.
"""

import numpy as np

from scripts.worlds.cloud_storage.population import Population, notices
from scripts.worlds.cloud_storage.search import another_query, search_odds
from scripts.worlds.cloud_storage.settings import (
    FEEDBACKS,
    FURTHER_STEPS,
    PANEL_FILES,
    RETRIES,
    TASKS,
    Causes,
    Model,
)
from scripts.worlds.envelope import Floats

_MEAN_FEEDBACKS = float(np.arange(1, len(FEEDBACKS) + 1) @ FEEDBACKS)

Moment = Floats | None
"""Mean seconds since the first event of a task; None if the task has had no event yet."""


class Visit:
    """The expected outcome of one session of each user; every array has shape (users,).

    Attributes:
        sums: expected numbers of what happens. Steps are those of tasks that end in an opened
            file, and seconds those from the first event of a task to its open.
        clicked: probability of a click.
    """

    def __init__(
        self, population: Population, causes: Causes, model: Model | None, novel: bool
    ) -> None:
        """Work out the outcome, with a panel if there is a model."""
        self.sums: dict[str, Floats] = {}
        self._causes = causes
        self._pace = population.pace
        with_panel = np.array(model is not None)
        searching = search_odds(causes, population.search_habit, with_panel)
        retries = RETRIES * another_query(causes, with_panel)
        browsing = 1 - searching * (1 - causes.browses_after_search)
        steps = browsing * (1 + FURTHER_STEPS * causes.another_step)
        self._searches = searching * (1 + retries)
        self._steps = steps
        # From the first search or step to the open.
        self._by_hand = (
            searching * retries * self._gap(causes.query_seconds)
            + (steps - (1 - searching)) * self._gap(causes.step_seconds)
            + self._gap(causes.recognise_seconds)
        )
        self.clicked = np.zeros(population.users)
        self._tasks(model, notices(causes, population.attention, np.full(population.users, novel)))

    def _gap(self, seconds: float) -> Floats:
        return 1 + self._pace * seconds

    def _after(self, since: Moment, seconds: float) -> Floats:
        """Give the moment of the next event, which may be the first of its task."""
        return np.zeros_like(self._pace) if since is None else since + self._gap(seconds)

    def _add(self, weight: Floats, **amounts: float | Floats) -> None:
        for name, amount in amounts.items():
            self.sums[name] = self.sums.get(name, 0.0) + weight * amount

    def _tasks(self, model: Model | None, sees: Floats) -> None:
        """Go through the tasks of a session; who gives up leaves."""
        causes = self._causes
        here = np.ones_like(self._pace)
        not_clicked = here
        found = 1 - causes.gives_up
        for turn in range(len(TASKS)):
            if turn > 0:
                more = sum(TASKS[turn:]) / sum(TASKS[turn - 1 :])
                here, not_clicked = here * more, not_clicked * more
            shown = 0.0 if model is None else 1.0 if turn == 0 else causes.returns_home
            # Who is enrolled has been assigned before the first task.
            self._look_for(here * (1 - shown), self._after(None, 0.0) if turn == 0 else None)
            if model is None:
                here = here * found
                continue
            # A tab that is restored after the impression is a task of its own.
            restored = causes.restored if turn == 0 else 0.0
            ready = self._gap(causes.load_seconds) if turn == 0 else np.zeros_like(self._pace)
            tab = here * shown * restored
            self._add(tab, quick_opens=1.0)
            self._open(tab, ready, causes.load_seconds)
            stale = causes.stale if turn > 0 else 0.0
            for share, since in ((1 - restored, ready), (restored, None)):
                self._panel(here * shown * share, since, model, sees, stale)
            uses = shown * self._listed(model) * sees
            self.clicked = self.clicked + not_clicked * uses
            not_clicked = not_clicked * (1 - uses) * found
            quick = uses * (1 - stale) * causes.opens
            here = here * (quick + (1 - quick) * found)

    def _listed(self, model: Model) -> float:
        favourite = self._causes.wants_favourite
        return favourite * model.favourite + (1 - favourite) * model.other

    def _open(self, weight: Floats, since: Floats, seconds: float) -> None:
        self._add(weight, opens=1.0, seconds=since + self._gap(seconds))

    def _look_for(self, weight: Floats, since: Moment) -> None:
        """Look for the file by hand."""
        found = weight * (1 - self._causes.gives_up)
        start = self._after(since, self._causes.orient_seconds)
        self._add(weight, searches=self._searches)
        self._add(found, opens=1.0, seconds=start + self._by_hand, steps=self._steps)

    def _click(self, weight: Floats, reciprocal_rank: float, at: Floats, opens: float) -> Floats:
        """Click, and open what was clicked or not; give the weight of what was opened."""
        opened = weight * opens
        self._add(weight, clicks=1.0, reciprocal_ranks=reciprocal_rank)
        self._add(opened, quick_opens=1.0, clicks_followed=1.0)
        self._open(opened, at, self._causes.load_seconds)
        return opened

    def _panel(
        self, weight: Floats, since: Moment, model: Model, sees: Floats, stale: float
    ) -> None:
        """Show a panel and see what comes of it."""
        causes = self._causes
        ranks = np.arange(1, PANEL_FILES + 1)
        neighbours = np.where(ranks < PANEL_FILES, ranks + 1, PANEL_FILES - 1)
        right, wrong = float((1 / ranks) @ model.ranks), float((1 / neighbours) @ model.ranks)
        listed = self._listed(model)
        uses = weight * listed * sees
        look = causes.look_seconds
        self._add(weight, impressions=1.0)

        at = self._after(since, look)
        opened = self._click(uses * stale, right, at, causes.stale_opens)
        self._look_for(opened, None)
        self._look_for(uses * stale - opened, at)

        clicks = uses * (1 - stale)
        slips = clicks * causes.mistap
        self._add(clicks, impressions_clicked=1.0)
        self._add(slips, first_reciprocal_ranks=wrong)
        self._add(clicks - slips, first_reciprocal_ranks=right)
        opened = self._click(slips, wrong, at, causes.opens)
        for part, before in ((clicks - slips, since), (opened, None), (slips - opened, at)):
            # The second click of a double click comes a second later, and before any open.
            again = causes.double_click
            self._add(
                part * again, clicks=1.0, reciprocal_ranks=right, clicks_followed=causes.opens
            )
            last = self._after(before, look) + again * self._gap(0.0)
            got = self._click(part, right, last, causes.opens)
            self._look_for(part - got, last)

        complains = weight * (1 - listed) * causes.complains
        self._add(complains, impressions_rejected=1.0, feedbacks=_MEAN_FEEDBACKS)
        said = self._after(since, look) + (_MEAN_FEEDBACKS - 1) * self._gap(look)
        self._look_for(complains, said)
        self._look_for(weight - uses - complains, since)
