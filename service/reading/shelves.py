"""A table whose rows are ruled and whose columns are not, its rules drawn cell by cell → a grid.

A rule that stops short shows a cell that goes on over rows, so how high each cell is is certain; how wide, its text tells: a
text belongs to the columns that it touches, and to more of them where it stands in the middle of those.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, groupby, pairwise

from service.reading import grid, stacks
from service.reading.bands import SAME_ENDS, Band
from service.reading.grid import Grid, Slot, Stroke
from service.reading.sheet import Sheet
from service.reading.stacks import Stack
from service.records import Line

OFF = 3.0
"""A text stands in the middle of columns when it is no further (points) from it."""
INDENT = 1.2
"""A text that begins so close to a cell's left edge, or ends so close to its right one, in type sizes, is set there."""
OVER = 0.3
"""A text touches a column when it reaches so far into it, in type sizes."""
LEAST_COLUMNS = 3


@dataclass(frozen=True, slots=True)
class _Text:
    """What one cell prints: its ends and its type size."""

    x0: float
    x1: float
    size: float

    @property
    def x(self) -> float:
        return (self.x0 + self.x1) / 2


def grid_of(sheet: Sheet, band: Band, lines: Sequence[Line]) -> Grid | None:
    """The grid of a band; None where no rule in it stops short of its ends, rules show no columns, or rows stand between rules.

    Args:
        sheet: the page.
        band: where the table stands.
        lines: its lines.
    """
    rules = [r for r in sheet.rules if r.horizontal and _inside(r.x0, r.x1, (r.y0 + r.y1) / 2, band)]
    strokes = [s for s in grid.strokes(rules) if s.horizontal]
    cuts = [x for r in rules for x in (r.x0, r.x1)]
    xs = grid.snapped([band.left, *cuts, band.right], grid.LEAST_COLUMN)
    ys = grid.snapped((s.at for s in strokes), grid.LEAST_ROW)
    if len(xs) - 1 < LEAST_COLUMNS or len(ys) < 3 or len(xs) * len(ys) > grid.MOST_CELLS:
        return None
    under = [_columns_ruled(strokes, y, xs) for y in ys]
    if all(all(row) for row in under[1:-1]) or not (all(under[0]) and all(under[-1])):
        return None
    pieces = [piece for line in lines for piece in stacks.pieces_of(xs, line)]
    strips = [(strip, _within(strip, xs, ys, pieces)) for strip in _strips(under)]
    if any(holds_rows(inside) for _, inside in strips):
        return None
    slots = [slot for strip, inside in strips for slot in cells_of(strip, xs, inside)]
    return grid.made(sheet.number, xs, ys, sorted(slots, key=lambda s: (s.top, s.left)))


def _inside(x0: float, x1: float, y: float, band: Band) -> bool:
    return band.left - SAME_ENDS <= x0 and x1 <= band.right + SAME_ENDS and band.rules[0] - 1 <= y <= band.rules[-1] + 1


def _columns_ruled(strokes: Sequence[Stroke], y: float, xs: Sequence[float]) -> list[bool]:
    """Per column whether a rule is drawn along it at a height."""
    at = [s for s in strokes if abs(s.at - y) <= grid.LEAST_ROW]
    return [
        sum(min(s.end, xs[c + 1]) - max(s.start, xs[c]) for s in at if s.end > xs[c] and s.start < xs[c + 1])
        > grid.MOSTLY * (xs[c + 1] - xs[c])
        for c in range(len(xs) - 1)
    ]


def _strips(under: Sequence[Sequence[bool]]) -> Iterator[Slot]:
    """Neighbouring columns between the same two rules."""
    columns = len(under[0])
    of_column = [_between([r for r, row in enumerate(under) if row[c]]) for c in range(columns)]
    for rows in sorted({rows for column in of_column for rows in column}):
        for held, run in groupby(range(columns), key=lambda c: rows in of_column[c]):
            if held:
                members = list(run)
                yield Slot(*rows, members[0], members[-1] + 1)


def _between(rules: Sequence[int]) -> set[tuple[int, int]]:
    return set(pairwise(rules))


def _within(strip: Slot, xs: Sequence[float], ys: Sequence[float], pieces: Sequence[Stack]) -> list[Stack]:
    """The pieces in a strip."""
    return [p for p in pieces if ys[strip.top] < p.middle < ys[strip.bottom] and xs[strip.left] <= p.x <= xs[strip.right]]


def holds_rows(pieces: Sequence[Stack]) -> bool:
    """Whether figures stand over each other, so that what is between two rules is several rows."""
    figures = [piece for piece in pieces if piece.figure]
    return any(abs(a.middle - b.middle) > 0.5 * a.size and 2 * abs(a.x - b.x) < a.width + b.width for a, b in combinations(figures, 2))


def cells_of(strip: Slot, xs: Sequence[float], pieces: Sequence[Stack]) -> Iterator[Slot]:
    """The cells of a strip: those that its texts show, and single columns between them."""
    left, right = strip.left, strip.right
    texts = _texts(pieces)
    touched = [_touched(text, xs, left, right) for text in texts]
    free = left
    for index, text in enumerate(texts):
        low = max(free, touched[index - 1][1]) if index else left
        high = touched[index + 1][0] if index + 1 < len(texts) else right
        first, end = _span(text, touched[index], (low, max(high, touched[index][1])), xs)
        first = max(first, free)
        if first >= end:
            continue
        for column in range(free, first):
            yield Slot(strip.top, strip.bottom, column, column + 1)
        yield Slot(strip.top, strip.bottom, first, end)
        free = end
    for column in range(free, right):
        yield Slot(strip.top, strip.bottom, column, column + 1)


def _texts(pieces: Sequence[Stack]) -> list[_Text]:
    """The texts of a strip from left to right: pieces over each other are one."""
    found: list[_Text] = []
    for x0, x1, size in sorted((p.x - p.width / 2, p.x + p.width / 2, p.size) for p in pieces):
        if found and x0 < found[-1].x1:
            last = found[-1]
            found[-1] = _Text(last.x0, max(last.x1, x1), max(last.size, size))
        else:
            found.append(_Text(x0, x1, size))
    return found


def _touched(text: _Text, xs: Sequence[float], left: int, right: int) -> tuple[int, int]:
    """The columns into which a text reaches, end exclusive; at least the one over which its middle stands."""
    reach = OVER * text.size
    columns = [c for c in range(left, right) if text.x1 > xs[c] + reach and text.x0 < xs[c + 1] - reach]
    if not columns:
        columns = [min(range(left, right), key=lambda c: abs((xs[c] + xs[c + 1]) / 2 - text.x))]
    return columns[0], columns[-1] + 1


def _span(text: _Text, touched: tuple[int, int], room: tuple[int, int], xs: Sequence[float]) -> tuple[int, int]:
    """The columns of a text: those that it touches where it stands in them as texts do, else the fewest in whose middle it stands."""
    near = INDENT * text.size
    if abs(text.x0 - xs[touched[0]]) <= near or abs(xs[touched[1]] - text.x1) <= near:
        return touched
    spans = [
        (first, end)
        for first in range(room[0], touched[0] + 1)
        for end in range(touched[1], room[1] + 1)
        if abs((xs[first] + xs[end]) / 2 - text.x) <= OFF
    ]
    return min(spans, key=lambda s: s[1] - s[0], default=touched)
