"""Ruling lines of a page → grids: rows, columns and the cells that span them.

The steps are edges → strokes (collinear edges joined) → groups of touching strokes → grids → slots.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from service.reading.pdf import Rule, Sheet
from service.records import Box

SNAP = 2.5
"""Edges closer than this (points) are one ruling line: borders of neighbouring cells are often drawn twice."""
GAP = 3.5
"""Pieces of one ruling line may stand so far apart (points): dashes, and corners that do not meet."""
SHORTEST = 6.0
"""Shorter strokes (points) border no cell: dots, ticks and pieces of charts."""
LEAST_WIDTH, LEAST_HEIGHT = 60.0, 9.0
"""A smaller grid (points) is a legend or a box around a mark."""
MOST_STROKES, MOST_CELLS = 3000, 20_000
"""A page with more strokes, or a grid with more cells, is a drawing."""
MOSTLY = 0.6
"""A border drawn along so much of a cell's side parts it from the next."""
LEAST_COLUMN, LEAST_ROW = 4.0, 4.0
"""Narrower columns and lower rows (points) hold no text: they are double lines."""


@dataclass(frozen=True, slots=True)
class Stroke:
    """A ruling line as drawn in all its pieces: `at` is its y when horizontal, else its x; it runs from `start` to `end`."""

    at: float
    start: float
    end: float
    horizontal: bool


@dataclass(frozen=True, slots=True)
class Slot:
    """A cell of a grid: rows `top` to `bottom` and columns `left` to `right`, counted from 0, ends exclusive."""

    top: int
    bottom: int
    left: int
    right: int


@dataclass(frozen=True, slots=True)
class Grid:
    """A ruled grid: `xs` and `ys` are its edges in order; `owner[row][column]` is an index into `slots`."""

    page: int
    xs: tuple[float, ...]
    ys: tuple[float, ...]
    slots: tuple[Slot, ...]
    owner: tuple[tuple[int, ...], ...]

    @property
    def box(self) -> Box:
        """Its outer edges."""
        return (self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])

    def row(self, y: float) -> int:
        """The row in which y lies; the nearest when outside."""
        return min(max(bisect_right(self.ys, y) - 1, 0), len(self.ys) - 2)

    def column(self, x: float) -> int:
        """The column in which x lies; the nearest when outside."""
        return min(max(bisect_right(self.xs, x) - 1, 0), len(self.xs) - 2)

    def slot_box(self, slot: Slot) -> Box:
        """The edges of a slot."""
        return (self.xs[slot.left], self.ys[slot.top], self.xs[slot.right], self.ys[slot.bottom])


def find(sheet: Sheet) -> list[Grid]:
    """The ruled grids of a page, from top to bottom."""
    grids = []
    drawn = strokes(sheet.rules)
    if len(drawn) > MOST_STROKES:
        return []
    for group in _touching(drawn):
        grid = _grid(sheet.number, group)
        if grid is not None:
            grids.append(grid)
    return sorted(_outermost(grids), key=lambda g: g.box[1])


def strokes(rules: Iterable[Rule]) -> list[Stroke]:
    """Collinear rules that touch, joined into strokes; what is too short to border a cell is left out."""
    horizontal, vertical = [], []
    for rule in rules:
        x0, y0, x1, y1 = rule.x0, rule.y0, rule.x1, rule.y1
        if x1 - x0 >= y1 - y0:
            horizontal.append(((y0 + y1) / 2, x0, x1))
        else:
            vertical.append(((x0 + x1) / 2, y0, y1))
    return [*_joined(horizontal, horizontal=True), *_joined(vertical, horizontal=False)]


def snapped(values: Iterable[float], tolerance: float) -> list[float]:
    """The values in order, those within `tolerance` of the first of their kind made one (their mean)."""
    kinds: list[list[float]] = []
    for value in sorted(values):
        if kinds and value - kinds[-1][0] <= tolerance:
            kinds[-1].append(value)
        else:
            kinds.append([value])
    return [sum(kind) / len(kind) for kind in kinds]


def made(page: int, xs: Sequence[float], ys: Sequence[float], slots: Sequence[Slot]) -> Grid:
    """A grid of the given slots, which cover every row and column exactly once."""
    owner = [[-1] * (len(xs) - 1) for _ in range(len(ys) - 1)]
    for index, slot in enumerate(slots):
        for row in range(slot.top, slot.bottom):
            for column in range(slot.left, slot.right):
                owner[row][column] = index
    return Grid(page, tuple(xs), tuple(ys), tuple(slots), tuple(tuple(row) for row in owner))


def _joined(pieces: list[tuple[float, float, float]], *, horizontal: bool) -> list[Stroke]:
    found: list[Stroke] = []
    pieces.sort()
    start = 0
    for end in range(1, len(pieces) + 1):
        if end < len(pieces) and pieces[end][0] - pieces[start][0] <= SNAP:
            continue
        band = pieces[start:end]
        at = sum(p[0] for p in band) / len(band)
        run: tuple[float, float] | None = None
        for _, low, high in sorted(band, key=lambda p: p[1]):
            if run is not None and low - run[1] <= GAP:
                run = (run[0], max(run[1], high))
                continue
            if run is not None:
                found.append(Stroke(at, *run, horizontal))
            run = (low, high)
        if run is not None:
            found.append(Stroke(at, *run, horizontal))
        start = end
    return [s for s in found if s.end - s.start >= SHORTEST]


def _touching(all_strokes: Sequence[Stroke]) -> list[list[Stroke]]:
    """Groups of strokes that cross or meet."""
    level = [s for s in all_strokes if s.horizontal]
    upright = [s for s in all_strokes if not s.horizontal]
    parent = list(range(len(level) + len(upright)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    for i, h in enumerate(level):
        for j, v in enumerate(upright, len(level)):
            if h.start - GAP <= v.at <= h.end + GAP and v.start - GAP <= h.at <= v.end + GAP:
                parent[root(j)] = root(i)
    groups: dict[int, list[Stroke]] = {}
    for i, stroke in enumerate([*level, *upright]):
        groups.setdefault(root(i), []).append(stroke)
    return [group for group in groups.values() if any(s.horizontal for s in group) and any(not s.horizontal for s in group)]


def _grid(page: int, group: Sequence[Stroke]) -> Grid | None:
    level = [s for s in group if s.horizontal]
    upright = [s for s in group if not s.horizontal]
    xs = _edges(upright, level, LEAST_COLUMN)
    ys = _edges(level, upright, LEAST_ROW)
    if len(xs) < 3 or len(ys) < 2 or xs[-1] - xs[0] < LEAST_WIDTH or ys[-1] - ys[0] < LEAST_HEIGHT:
        return None
    rows, columns = len(ys) - 1, len(xs) - 1
    if rows * columns > MOST_CELLS:
        return None
    sides = [_near(upright, x, LEAST_COLUMN) for x in xs[1:-1]]
    floors = [_near(level, y, LEAST_ROW) for y in ys[1:-1]]
    right = [[_covered(side, ys[i], ys[i + 1]) for side in sides] for i in range(rows)]
    below = [[_covered(floor, xs[j], xs[j + 1]) for j in range(columns)] for floor in floors]
    slots = _slots(rows, columns, right, below)
    return made(page, xs, ys, slots)


def _edges(across: Sequence[Stroke], along: Sequence[Stroke], least: float) -> list[float]:
    """The grid's edges in one direction: the strokes, and the ends of the crossing strokes where a side is left open."""
    edges = snapped((s.at for s in across), least)
    low, high = min(s.start for s in along), max(s.end for s in along)
    if edges[0] - low > 2 * SHORTEST:
        edges.insert(0, low)
    if high - edges[-1] > 2 * SHORTEST:
        edges.append(high)
    return edges


def _near(all_strokes: Sequence[Stroke], at: float, tolerance: float) -> list[Stroke]:
    """The strokes that are drawn at an edge."""
    return [s for s in all_strokes if abs(s.at - at) <= tolerance]


def _covered(edge: Sequence[Stroke], start: float, end: float) -> bool:
    """Whether an edge is drawn most of the way from `start` to `end`."""
    length = sum(min(s.end, end) - max(s.start, start) for s in edge if s.end > start and s.start < end)
    return length > MOSTLY * (end - start)


def _slots(rows: int, columns: int, right: list[list[bool]], below: list[list[bool]]) -> list[Slot]:
    """Rectangles of grid cells with no border between them, row by row."""
    taken = [[False] * columns for _ in range(rows)]
    slots = []
    for top in range(rows):
        for left in range(columns):
            if taken[top][left]:
                continue
            end = left + 1
            while end < columns and not right[top][end - 1] and not taken[top][end]:
                end += 1
            bottom = top + 1
            while bottom < rows and _continues(bottom, left, end, right, below):
                bottom += 1
            for row in range(top, bottom):
                taken[row][left:end] = [True] * (end - left)
            slots.append(Slot(top, bottom, left, end))
    return slots


def _continues(row: int, left: int, end: int, right: list[list[bool]], below: list[list[bool]]) -> bool:
    """Whether the slot of columns `left` to `end` reaches into `row`: no border above it, none inside."""
    return not any(below[row - 1][left:end]) and not any(right[row][left : end - 1])


def _outermost(grids: Sequence[Grid]) -> list[Grid]:
    """Grids that stand in no other grid."""

    def inside(a: Box, b: Box) -> bool:
        return a != b and b[0] - 1 <= a[0] and b[1] - 1 <= a[1] and a[2] <= b[2] + 1 and a[3] <= b[3] + 1

    return [g for g in grids if not any(inside(g.box, other.box) for other in grids)]
