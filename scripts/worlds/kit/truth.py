"""What a world is expected to show, as it is written down."""

from scripts.worlds.scenario import Truth

Expected = dict[str, tuple[float, str]]
"""Expected values, each with what it means."""


def as_truth(expected: Expected) -> Truth:
    """Round what is expected to what is written down of it."""
    return {
        name: {"value": round(value, 6), "meaning": meaning}
        for name, (value, meaning) in expected.items()
    }
