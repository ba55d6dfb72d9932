"""Members of groups, such as the riders of cities, in an order that chance draws anew."""

import numpy as np

from scripts.worlds.envelope import Integers


class Groups:
    """Members that lie together by group.

    Attributes:
        last: position of the last member of each group, shape (groups,).
    """

    def __init__(self, group: Integers, groups: int) -> None:
        """Take the group of each member, in ascending order."""
        size = len(group)
        self.last = np.searchsorted(group, np.arange(groups), side="right") - 1
        self._member_bits = size.bit_length()
        self._chance_bits = 62 - self._member_bits - groups.bit_length()
        self._members = (group << (62 - groups.bit_length())) + np.arange(size)
        self._key = np.empty(size, dtype=np.int64)
        self._chance = np.empty(size)

    def shuffled(self, generator: np.random.Generator) -> Integers:
        """Put members in random order inside their group.

        Returns:
            Positions, shape (members,); they are overwritten when the next ones are drawn.
        """
        # Group, chance and member in one number, to sort plain numbers and not by two keys: that
        # is ten times as fast, and as no two are the same, every way of sorting gives the same.
        generator.random(out=self._chance)
        self._chance *= 2.0**self._chance_bits
        np.copyto(self._key, self._chance, casting="unsafe")
        self._key <<= self._member_bits
        self._key += self._members
        self._key.sort()
        self._key &= (1 << self._member_bits) - 1
        return self._key
