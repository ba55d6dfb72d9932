"""Entries that belong together: which one of its group each is, and which is somebody's first."""

import numpy as np

from scripts.worlds.envelope import Booleans, Integers


def turns(counts: Integers) -> Integers:
    """Count the entries of each group from 0 on, shape (counts.sum(),): 2, 0, 3 gives 0 1 0 1 2."""
    return np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)


def first_ever(at: Integers, actor: Integers, happened: Booleans) -> Integers:
    """Find what happens to its actor for the first time.

    Args:
        at: when it happens, in any order.
        actor: to whom, as long as `at`.
        happened: to whom it has happened before, one entry for each actor; updated.

    Returns:
        Positions in `at`, by actor.
    """
    order = np.argsort(at, kind="stable")
    _, first = np.unique(actor[order], return_index=True)
    first = order[first]
    first = first[~happened[actor[first]]]
    happened[actor[first]] = True
    return np.asarray(first)
