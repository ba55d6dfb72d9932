"""A question's own lineage, from events to targets, as columns of boxes with lines between them.

A line that passes a column on its way has a lane of its own there, so that none runs behind a box.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import fmean

from scripts.docs import links
from scripts.manifest import Manifest, Question

# Pixels.
HEIGHT, LANE_HEIGHT, SPACE = 26, 5, 7
COLUMN_SPACE, TOP, MARGIN = 62, 34, 8
LETTER_WIDTH, PADDING = 6.6, 9
MOST_LETTERS = 34
# What each column is called; facts and dimensions take as many as they are built on one another.
EVENT, CORE, MART, TARGET = "event", "core", "mart", "target"
TITLES = {EVENT: "Events", CORE: "Facts and dimensions", MART: "Metrics", TARGET: "Targets"}


@dataclass(frozen=True)
class Node:
    """A box: `kind` is one of TITLES' keys, `link` leads to its page, `parents` are other keys."""

    key: str
    kind: str
    label: str
    link: str
    parents: tuple[str, ...]

    @property
    def text(self) -> str:
        """The label, at most as long as a box is wide."""
        return self.label if len(self.label) <= MOST_LETTERS else f"{self.label[:MOST_LETTERS]}…"


@dataclass
class Lane:
    """A place in a column: a box, or what a parent's lines pass through."""

    key: str
    node: Node | None
    column: int
    before: list[Lane] = field(default_factory=list)
    after: list[Lane] = field(default_factory=list)
    x: float = 0
    y: float = 0
    width: float = 0

    @property
    def height(self) -> float:
        """Height in pixels."""
        return HEIGHT if self.node else LANE_HEIGHT

    @property
    def middle(self) -> float:
        """Where its lines are, in pixels from the top."""
        return self.y + self.height / 2


@dataclass(frozen=True)
class Line:
    """A line from a parent to a child; `path` is for the `d` of an SVG path."""

    parent: str
    child: str
    path: str


@dataclass(frozen=True)
class Lineage:
    """The drawing: its boxes, lines and titles of columns with their places; sizes in pixels."""

    boxes: tuple[Lane, ...]
    lines: tuple[Line, ...]
    titles: tuple[tuple[float, str], ...]
    width: float
    height: float


def question_lineage(manifest: Manifest, question: Question) -> Lineage:
    """Everything that the metrics of a question are computed from, and what judges them."""
    return place(question_nodes(manifest, question))


def question_nodes(manifest: Manifest, question: Question) -> list[Node]:
    """The nodes of a question: those of its marts' lineage, and its targets.

    An event is its staging model: what lies before that has the same name.
    """
    exposure = manifest.exposures[f"exposure.{manifest.project}.{question.exposure}"]
    found: dict[str, Node] = {}
    waiting = list(exposure["depends_on"]["nodes"])
    while waiting:
        unique_id = waiting.pop()
        node = manifest.nodes.get(unique_id)
        if node is None or unique_id in found or node["resource_type"] not in ("model", "seed"):
            continue
        kind = _kind(node["name"], node["resource_type"])
        parents = () if kind == EVENT else tuple(node["depends_on"].get("nodes", []))
        label = _label(node["name"], question.scenario)
        found[unique_id] = Node(unique_id, kind, label, links.node_page(unique_id), parents)
        waiting += parents
    targets = [
        Node(
            key=target.id,
            kind=TARGET,
            label=target.id,
            link=f"#target-{target.id}",
            parents=(f"model.{manifest.project}.{metric.model}",),
        )
        for metric in manifest.metrics()
        if metric.question == question.id
        for target in metric.targets
    ]
    return [*found.values(), *targets]


def place(nodes: list[Node]) -> Lineage:
    """Put nodes into columns, from what is logged to what judges, so that few lines cross."""
    if not nodes:
        return Lineage((), (), (), 0, 0)
    known = {node.key: node for node in sorted(nodes, key=lambda node: node.label)}
    columns, titles = _columns(known)
    lanes, lines = _lanes(known, columns)
    stacks: list[list[Lane]] = [[] for _ in titles]
    for lane in lanes:
        stacks[lane.column].append(lane)
    _untangle(stacks)
    x: float = MARGIN
    starts = []
    for stack in stacks:
        letters = max((len(lane.node.text) for lane in stack if lane.node), default=12)
        width = letters * LETTER_WIDTH + 2 * PADDING
        starts.append(x)
        for lane in stack:
            lane.x, lane.width = x, width
        x += width + COLUMN_SPACE
    _settle(stacks)
    lowest = min(lane.y for lane in lanes)
    for lane in lanes:
        lane.y += TOP - lowest
    return Lineage(
        boxes=tuple(lane for lane in lanes if lane.node),
        lines=tuple(Line(way[0].key, way[-1].key, _path(way)) for way in lines),
        titles=tuple(zip(starts, titles, strict=True)),
        width=x - COLUMN_SPACE + MARGIN,
        height=max(lane.y + lane.height for lane in lanes) + MARGIN,
    )


def _columns(known: Mapping[str, Node]) -> tuple[dict[str, int], list[str]]:
    """The column of each node, and what each column is called."""
    depths: dict[str, int] = {}

    def depth(node: Node) -> int:
        """How many facts and dimensions lie before a fact or dimension."""
        if node.key not in depths:
            before = [known[key] for key in node.parents if key in known]
            depths[node.key] = max(
                (depth(one) + 1 for one in before if one.kind == CORE), default=0
            )
        return depths[node.key]

    levels = max((depth(node) for node in known.values() if node.kind == CORE), default=-1) + 1
    first = {EVENT: 0, CORE: 1, MART: 1 + levels, TARGET: 2 + levels}
    columns = {
        key: first[node.kind] + (depth(node) if node.kind == CORE else 0)
        for key, node in known.items()
    }
    titles = [TITLES[EVENT]]
    titles += [TITLES[CORE] if level == 0 else "" for level in range(levels)]
    titles += [TITLES[MART]]
    if any(node.kind == TARGET for node in known.values()):
        titles.append(TITLES[TARGET])
    return columns, titles


def _lanes(
    known: Mapping[str, Node], columns: Mapping[str, int]
) -> tuple[list[Lane], list[list[Lane]]]:
    """The lanes of all columns, and the lanes that each line passes; those of a parent share."""
    boxes = {key: Lane(key, node, columns[key]) for key, node in known.items()}
    passed: dict[tuple[str, int], Lane] = {}
    lines = []
    for node in known.values():
        for parent in node.parents:
            if parent not in boxes or columns[parent] >= columns[node.key]:
                continue
            way = [boxes[parent]]
            for column in range(columns[parent] + 1, columns[node.key]):
                lane = passed.setdefault((parent, column), Lane(parent, None, column))
                way.append(lane)
            way.append(boxes[node.key])
            for one, other in pairwise(way):
                if other not in one.after:
                    one.after.append(other)
                    other.before.append(one)
            lines.append(way)
    return [*boxes.values(), *passed.values()], lines


def _untangle(stacks: list[list[Lane]]) -> None:
    """Order each column by where what it is linked to stands in its neighbours."""
    where: dict[int, float] = {}

    def note(stack: list[Lane]) -> None:
        where.update({id(lane): (place + 0.5) / len(stack) for place, lane in enumerate(stack)})

    for stack in stacks:
        note(stack)
    for turn in range(16):
        forward = turn % 2 == 0
        for stack in stacks if forward else reversed(stacks):
            stack.sort(
                key=lambda lane: fmean(
                    [where[id(one)] for one in (lane.before if forward else lane.after)]
                    or [where[id(lane)]]
                )
            )
            note(stack)


def _settle(stacks: list[list[Lane]]) -> None:
    """Give each lane a height near those that it is linked to, in the order of its column."""
    for stack in stacks:
        y = 0.0
        for lane in stack:
            lane.y = y
            y += lane.height + SPACE
    tallest = max(stack[-1].y for stack in stacks if stack)
    for stack in stacks:
        shift = (tallest - stack[-1].y) / 2 if stack else 0
        for lane in stack:
            lane.y += shift
    for _ in range(6):
        for stack in stacks:
            wanted = []
            for lane in stack:
                linked = [one.middle for one in [*lane.before, *lane.after]]
                wanted.append((fmean(linked) if linked else lane.middle) - lane.height / 2)
            # Downwards and upwards in turn, so that nothing overlaps and all stay near.
            low, down = float("-inf"), []
            for lane, y in zip(stack, wanted, strict=True):
                down.append(max(y, low))
                low = down[-1] + lane.height + SPACE
            high, up = float("inf"), []
            for lane, y in zip(reversed(stack), reversed(wanted), strict=True):
                up.append(min(y, high - lane.height))
                high = up[-1] - SPACE
            for lane, below, above in zip(stack, down, reversed(up), strict=True):
                lane.y = (below + above) / 2


def _path(way: list[Lane]) -> str:
    """A line through its lanes: bent between columns, straight within them."""
    path = f"M{way[0].x + way[0].width:.0f} {way[0].middle:.1f}"
    for one, other in pairwise(way):
        start, end = one.x + one.width, other.x
        bend = (start + end) / 2
        path += f"C{bend:.0f} {one.middle:.1f} {bend:.0f} {other.middle:.1f} "
        path += f"{end:.0f} {other.middle:.1f}"
        if other.node is None:
            path += f"H{other.x + other.width:.0f}"
    return path


def _kind(name: str, resource_type: str) -> str:
    if name.startswith("mart_"):
        return MART
    if resource_type == "seed" or name.startswith("stg_"):
        return EVENT
    return CORE


def _label(name: str, scenario: str) -> str:
    """The name without what the column says already."""
    for prefix in (f"raw_{scenario}__", f"stg_{scenario}__", "mart_", f"{scenario}__"):
        name = name.removeprefix(prefix)
    return name.replace(f"fct_{scenario}__", "").replace(f"dim_{scenario}__", "")
