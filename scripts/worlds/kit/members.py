"""Members of groups, such as the riders of cities, drawn in proportion to what each one wishes."""

import numpy as np

from scripts.worlds.envelope import Floats, Integers


class Members:
    """Members that lie together by group.

    Attributes:
        group: the group of each member, in ascending order.
        groups: number of groups.
        first, last: positions of the first and last member of each group, shape (groups,).
        counts: members of each group, shape (groups,).
    """

    def __init__(self, group: Integers, groups: int) -> None:
        """Take the group of each member, in ascending order."""
        size = len(group)
        self.group, self.groups = group, groups
        self.first = np.searchsorted(group, np.arange(groups))
        self.last = np.searchsorted(group, np.arange(groups), side="right") - 1
        self.counts = self.last + 1 - self.first
        self._member_bits = size.bit_length()
        self._chance_bits = 62 - self._member_bits - groups.bit_length()
        self._members = (group << (62 - groups.bit_length())) + np.arange(size)
        self._key = np.empty(size, dtype=np.int64)
        self._chance = np.empty(size)

    def sums(self, values: Floats) -> Floats:
        """Add up what each member has, shape (groups,)."""
        return np.asarray(np.bincount(self.group, values, self.groups), dtype=np.float64)

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

    def draw(
        self,
        weight: Floats,
        group: Integers,
        size: Integers,
        most: int,
        generator: np.random.Generator,
    ) -> Integers:
        """Draw `size` different members of each `group` with chances in proportion to their weight.

        Systematic sampling: members lie in random order on a line, each as long as their weight,
        and equidistant points on it are drawn together. Each one's chance is then exactly
        size * weight / total, which is what makes the expected values of a world computable.

        Returns:
            Members, shape (len(group), most), 0 in the columns from `size` on.
        """
        if len(group) == 0:
            # Nobody is drawn, and yet the chance is used up that would have put them in order.
            generator.random(len(weight))
            return np.zeros((0, most), dtype=np.int64)
        order = self.shuffled(generator)
        line = np.cumsum(weight.take(order))
        until = line[self.last]
        since = np.concatenate([[0.0], until[:-1]])
        first = generator.random(len(group))
        row, seat = np.nonzero(np.arange(most) < size[:, None])
        group = group[row]
        offset = first[row] + seat / size[row]
        point = since[group] + (offset % 1.0) * (until - since)[group]
        # Points in order are found faster than the search for their order takes.
        turn = np.argsort(point)
        place = np.empty(len(point), dtype=np.int64)
        place[turn] = np.searchsorted(line, point[turn], side="right")
        member = np.zeros((len(first), most), dtype=np.int64)
        member[row, seat] = order[np.minimum(place, self.last[group])]
        return member

    def draw_one(self, weight: Floats, group: Integers, generator: np.random.Generator) -> Integers:
        """Draw a member of each `group` with chances in proportion to its weight, (len(group),)."""
        return self.draw(weight, group, np.ones_like(group), 1, generator)[:, 0]
