"""Visits of one day, each with a clock and a count of what is done in it."""

from dataclasses import dataclass

import numpy as np

from scripts.worlds.envelope import Floats, Integers
from scripts.worlds.kit.day import Day


@dataclass(frozen=True)
class Visits:
    """Visits that begin on one day, one entry each.

    Attributes:
        day: the day.
        number: session numbers.
        user: whose they are.
        now: present second of each; moves on while the day is simulated.
        done: interactions with features so far.
    """

    day: Day
    number: Integers
    user: Integers
    now: Integers
    done: Integers

    def pass_seconds(self, who: Integers, seconds: Integers | int) -> None:
        """Let some visits go on."""
        self.now[who] += seconds

    def log(self, event: str, who: Integers, **fields: np.ndarray | int) -> None:
        """Log what happens in some visits at their present second."""
        self.day.log(
            event,
            self.now[who],
            self.user[who],
            where=None,
            open_until=None,
            session_id=self.number[who],
            **fields,
        )

    def interact(
        self,
        who: Integers,
        feature: int,
        kind: Integers | int,
        milliseconds: Integers | Floats | None,
        content: Integers | int = -1,
    ) -> None:
        """Log what some visits do in a feature, which takes its time where it takes any."""
        spent = np.full(len(who), -1) if milliseconds is None else milliseconds.astype(np.int64)
        self.done[who] += 1
        self.log(
            "feature_interaction",
            who,
            feature_name=feature,
            interaction_type=kind,
            content_id=content,
            time_spent_on_interaction_ms=spent,
            sequence_no=self.done[who],
        )
        self.pass_seconds(who, 1 + np.maximum(spent, 0) // 1_000)
