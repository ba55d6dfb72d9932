"""What a world is expected to show, as it is written down."""

from typing import Any

from scripts.worlds.scenario import Truth

Expected = dict[str, tuple[float, str]]
"""Expected values, each with what it means."""

_GRAINS = ("day", "week", "month", "cohort")
_LIFT = "lift"


def as_truth(
    expected: Expected,
    members: tuple[str, ...] = (),
    compared: tuple[str, str] | None = None,
    without_mart: tuple[str, ...] = (),
) -> Truth:
    """Round what is expected, and say where in the marts it is found.

    An expected value is called by its metric and, where they are not the usual ones, its statistic,
    grain and member, such as `messages_sent_per_user.week`. The lift of a metric compares two
    others.

    Args:
        expected: the values.
        members: names of the members of slices.
        compared: the treated member and the one that it is compared with.
        without_mart: parts of the names of values that no mart publishes.
    """
    return {
        name: {
            "value": round(float(value), 6),
            "meaning": meaning,
            **_place(name, members, compared, without_mart),
        }
        for name, (value, meaning) in expected.items()
    }


def _place(
    name: str,
    members: tuple[str, ...],
    compared: tuple[str, str] | None,
    without_mart: tuple[str, ...],
) -> dict[str, Any]:
    metric, *details = parts = name.split(".")
    if compared and parts[-1] == _LIFT:
        return {"compares": [name.removesuffix(_LIFT) + member for member in compared]}
    if set(parts) & set(without_mart):
        return {}
    place = {"metric": metric, "statistic": "value", "grain": "day", "member": "all"}
    for detail in details:
        kind = "grain" if detail in _GRAINS else "member" if detail in members else "statistic"
        place[kind] = detail
    return place
