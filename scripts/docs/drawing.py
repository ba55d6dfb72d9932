"""Where the boxes and lines of an entity diagram go: dimensions left and right, facts between."""

from __future__ import annotations

from dataclasses import dataclass, field
from statistics import fmean

from scripts.sql_export.tables import Table

# Pixels.
BOX_WIDTH, BOX_SPACE = 230, 22
LAYER_STEP = BOX_WIDTH + 90
HEAD_HEIGHT, ROW_HEIGHT, FOOT_HEIGHT = 26, 16, 6
MARGIN = 12


@dataclass(frozen=True)
class Box:
    """A table at a place. `rows` are its columns: the key, then what refers, then the others."""

    table: Table
    layer: int
    x: float
    y: float
    rows: tuple[str, ...]

    @property
    def height(self) -> float:
        """Height of the box, in pixels."""
        return _height(self.table)

    def row_y(self, column: str) -> float:
        """Baseline of a column's text, in pixels from the top of the drawing."""
        return self.y + HEAD_HEIGHT + ROW_HEIGHT * (self.rows.index(column) + 1) - 4


@dataclass(frozen=True)
class Line:
    """A reference from one column to another; `path` is for the `d` of an SVG path."""

    child: str
    column: str
    parent: str
    field: str
    is_optional: bool
    path: str

    @property
    def sentence(self) -> str:
        """What the line says, in words."""
        may = "may refer" if self.is_optional else "refers"
        return f"{self.child}.{self.column} {may} to {self.parent}.{self.field}"


@dataclass(frozen=True)
class Drawing:
    """An entity diagram with every place worked out; sizes in pixels."""

    boxes: list[Box] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    width: float = 0
    height: float = 0


def draw(tables: list[Table]) -> Drawing:
    """Lay the tables out in layers from left to right and connect them.

    Facts stand left of the facts that they refer to. Half of the dimensions stand left of all
    facts and half right, on the side where most of the facts are that refer to them.
    """
    layers = _layers(tables)
    height = max(map(_stack_height, layers), default=0) + 2 * MARGIN
    boxes: dict[str, Box] = {}
    for index, layer in enumerate(layers):
        y = (height - _stack_height(layer)) / 2
        for table in layer:
            x = MARGIN + LAYER_STEP * index
            boxes[table.name] = Box(table, index, x, y, _rows(table))
            y += _height(table) + BOX_SPACE
    lines = [
        _line(boxes[table.name], column, boxes[parent], parent_column)
        for table in tables
        for column, (parent, parent_column) in table.references.items()
    ]
    width = 2 * MARGIN + LAYER_STEP * (len(layers) - 1) + BOX_WIDTH
    return Drawing(list(boxes.values()), lines, width, height)


def _layers(tables: list[Table]) -> list[list[Table]]:
    by_name = {table.name: table for table in tables}
    facts = [table for table in tables if table.name.startswith("fct_")]
    depths: dict[str, int] = {}

    def depth(fact: Table) -> int:
        """How many facts a chain of references passes before it ends."""
        if fact.name not in depths:
            parents = [by_name[parent] for parent, _ in fact.references.values()]
            chain = [depth(parent) + 1 for parent in parents if parent in facts]
            depths[fact.name] = max(chain, default=0)
        return depths[fact.name]

    deepest = max(map(depth, facts), default=0)
    middle = [
        [fact for fact in facts if depths[fact.name] == distance]
        for distance in range(deepest, -1, -1)
    ]

    def mean_depth(dimension: Table) -> float:
        """Where the facts stand that refer to a dimension: the greater, the further left."""
        users = [
            depths[fact.name]
            for fact in facts
            if any(parent == dimension.name for parent, _ in fact.references.values())
        ]
        return fmean(users) if users else 0

    dimensions = [table for table in tables if table not in facts]
    dimensions.sort(key=lambda table: (-mean_depth(table), table.name))
    half = len(dimensions) // 2
    layers = [dimensions[:half], *middle, dimensions[half:]]
    return _untangled([layer for layer in layers if layer])


def _untangled(layers: list[list[Table]]) -> list[list[Table]]:
    """Order each layer by where the linked tables of the other layers stand: lines cross less."""
    place = {name: where for layer in layers for name, where in _places(layer).items()}
    linked: dict[str, set[str]] = {name: set() for name in place}
    for table in (table for layer in layers for table in layer):
        for parent, _ in table.references.values():
            linked[table.name].add(parent)
            linked[parent].add(table.name)
    for _ in range(8):
        for layer in layers:
            layer.sort(
                key=lambda table: fmean(
                    [place[name] for name in linked[table.name]] or [place[table.name]]
                )
            )
            place.update(_places(layer))
    return layers


def _places(layer: list[Table]) -> dict[str, float]:
    """Where each table of a layer stands, from 0 (top) to 1 (bottom)."""
    return {table.name: (number + 0.5) / len(layer) for number, table in enumerate(layer)}


def _rows(table: Table) -> tuple[str, ...]:
    return tuple(
        sorted(
            table.columns, key=lambda name: (name not in table.key, name not in table.references)
        )
    )


def _height(table: Table) -> float:
    return HEAD_HEIGHT + ROW_HEIGHT * len(table.columns) + FOOT_HEIGHT


def _stack_height(layer: list[Table]) -> float:
    return sum(map(_height, layer)) + BOX_SPACE * (len(layer) - 1)


def _line(child: Box, column: str, parent: Box, parent_column: str) -> Line:
    # Lines leave a box towards the other one; within a layer they go out and back on one side.
    leave = 1 if child.layer < parent.layer or child.layer == parent.layer == 0 else -1
    enter = leave if child.layer == parent.layer else -leave
    start_x = child.x + (BOX_WIDTH if leave == 1 else 0)
    end_x = parent.x + (BOX_WIDTH if enter == 1 else 0)
    start_y, end_y = child.row_y(column) - 4, parent.row_y(parent_column) - 4
    bend = max(abs(end_x - start_x) / 2, 60)
    controls = f"{start_x + leave * bend:g} {start_y:g} {end_x + enter * bend:g} {end_y:g}"
    return Line(
        child=child.table.name,
        column=column,
        parent=parent.table.name,
        field=parent_column,
        is_optional=column not in child.table.required,
        path=f"M{start_x:g} {start_y:g} C{controls} {end_x:g} {end_y:g}",
    )
