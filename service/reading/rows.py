"""Lines and column edges, without ruled rows → a grid: the rows, and the cells that span rows or columns.

A cell's lines stand closer than rows do, and a cell that spans stands in the middle of what it spans.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from service.reading import grid
from service.reading.cells import is_figure
from service.reading.grid import Grid, Slot
from service.records import Line
from service.text import normal

WRAP = 0.55
"""Lines of one cell stand closer than this, in type sizes."""
SPACE = 0.4
"""White space between two cells is wider than this, in type sizes; between words it is less."""
TOUCH = 0.03
"""Lines that overlap by less, in type sizes, stand in different rows."""
OFF = 3.0
"""A text further (points) from the middle of its row spans other rows too."""


@dataclass(frozen=True, slots=True)
class Block:
    """The lines of one cell: columns `left` to `right` (exclusive), from `top` to `bottom`."""

    left: int
    right: int
    top: float
    bottom: float
    x: float
    """Horizontal centre of its text."""
    size: float
    figure: bool

    @property
    def middle(self) -> float:
        """Vertical centre."""
        return (self.top + self.bottom) / 2


def grid_of(page: int, xs: Sequence[float], rules: Sequence[float], span: tuple[float, float], lines: Sequence[Line]) -> Grid:
    """The grid of a table with level rules only.

    Args:
        page: its number.
        xs: column edges, ends included.
        rules: heights of its rules, from top to bottom; the lines between the first two are its header.
        span: top and bottom of the table, which reach beyond the rules where it goes on over a page's end.
        lines: the lines inside.
    """
    blocks = _blocks(xs, lines)
    inner = [y for y in rules if span[0] + 1 < y < span[1] - 1]
    bounds = [span[0], *inner, span[1]]
    headed = rules[0] <= span[0] + 1 and len(bounds) > 2
    ys: list[float] = [span[0]]
    slots: list[Slot] = []
    for index in range(len(bounds) - 1):
        top, bottom = bounds[index], bounds[index + 1]
        part = [b for b in blocks if top <= b.middle <= bottom]
        if not part:
            continue
        start = len(ys) - 1
        make = _header if headed and index == 0 else _body
        edges, made = make(part, xs, top, bottom)
        ys.extend(edges[1:])
        slots.extend(Slot(s.top + start, s.bottom + start, s.left, s.right) for s in made)
    return grid.made(page, xs, ys, _tiled(len(ys) - 1, len(xs) - 1, _spanning(blocks, ys, slots)))


def _blocks(xs: Sequence[float], lines: Sequence[Line]) -> list[Block]:
    """The lines cut at the column edges, those of one cell together."""
    pieces = [piece for line in lines for piece in _pieces(xs, line)]
    pitch = _pitch(pieces)
    blocks: list[Block] = []
    for piece in sorted(pieces, key=lambda b: (b.left, b.top)):
        at = next((i for i in range(len(blocks) - 1, -1, -1) if _wraps(blocks[i], piece, pitch)), None)
        if at is None:
            blocks.append(piece)
        else:
            old = blocks[at]
            x = (
                old.x
                if old.right - old.left > piece.right - piece.left
                else piece.x
                if piece.right - piece.left > old.right - old.left
                else old.x
            )
            blocks[at] = replace(
                old,
                left=min(old.left, piece.left),
                right=max(old.right, piece.right),
                bottom=max(old.bottom, piece.bottom),
                x=x,
                figure=False,
            )
    return blocks


def _pieces(xs: Sequence[float], line: Line) -> list[Block]:
    """The cells in which a line stands; text that runs on over an edge spans it."""
    found: list[Block] = []
    inner = xs[1:-1]
    start = 0
    for end in range(1, len(line.text) + 1):
        if end < len(line.text) and not _cut(line, end, inner):
            continue
        while start < end and line.text[start].isspace():
            start += 1
        last = end
        while last > start and line.text[last - 1].isspace():
            last -= 1
        if last > start:
            x0, x1 = line.xs[start], line.xs[last]
            left = sum(1 for x in inner if x <= min(x0 + 0.5 * line.size, (x0 + x1) / 2))
            right = sum(1 for x in inner if x < max(x1 - 0.5 * line.size, (x0 + x1) / 2)) + 1
            text = normal(line.text[start:last])
            found.append(Block(left, max(right, left + 1), line.box[1], line.box[3], (x0 + x1) / 2, line.size, is_figure(text)))
        start = end
    return found


def _cut(line: Line, at: int, inner: Sequence[float]) -> bool:
    """Whether a column edge parts the line before character `at`: white space stands there."""
    if not line.text[at].isspace():
        return False
    end = at
    while end < len(line.text) and line.text[end].isspace():
        end += 1
    return line.xs[end] - line.xs[at] > SPACE * line.size and any(
        line.xs[at] - 0.6 * line.size <= x <= line.xs[end] + 0.6 * line.size for x in inner
    )


def _pitch(pieces: Sequence[Block]) -> float:
    """The least distance between two figures one under the other: figures do not wrap, so rows stand that far apart."""
    columns: dict[int, list[float]] = {}
    for piece in pieces:
        if piece.figure:
            columns.setdefault(piece.left, []).append(piece.middle)
    steps = [b - a for ys in columns.values() for a, b in pairwise(sorted(ys)) if b - a > 3]
    return min(steps, default=float("inf"))


def _wraps(block: Block, piece: Block, pitch: float) -> bool:
    """Whether a line goes on from a block above it."""
    gap = piece.top - block.bottom
    size = min(block.size, piece.size)
    if not (-0.5 * size < gap < WRAP * size) or piece.bottom - block.bottom > 0.93 * pitch or (block.figure and piece.figure):
        return False
    return block.left < piece.right and piece.left < block.right


def _header(blocks: Sequence[Block], xs: Sequence[float], top: float, bottom: float) -> tuple[list[float], list[Slot]]:
    """Header levels: a cell spans the columns in whose middle it stands, and the levels that its columns leave free."""
    placed = [replace(b, left=span[0], right=span[1]) for b in blocks for span in [_span(b, xs, blocks, top)]]
    columns = [sorted((b for b in placed if b.left <= c < b.right), key=lambda b: b.middle) for c in range(len(xs) - 1)]
    deepest = max(columns, key=len)
    levels = [top, *((a.bottom + b.top) / 2 for a, b in pairwise(deepest)), bottom]
    slots = []
    for block in placed:
        stack = columns[block.left]
        at = stack.index(block)
        begin = 0 if at == 0 else _nearest(levels, (stack[at - 1].bottom + block.top) / 2)
        end = len(levels) - 1 if at == len(stack) - 1 else _nearest(levels, (block.bottom + stack[at + 1].top) / 2)
        slots.append(Slot(begin, max(end, begin + 1), block.left, block.right))
    return levels, slots


def _nearest(values: Sequence[float], value: float) -> int:
    return min(range(len(values)), key=lambda i: abs(values[i] - value))


def _span(block: Block, xs: Sequence[float], blocks: Sequence[Block], top: float) -> tuple[int, int]:
    """The columns in whose middle a header text stands.

    The most, if each has a text of a lower level under it and no other text stands beside; else the fewest; else those it touches.
    """
    spans = [
        (left, right)
        for left in range(block.left + 1)
        for right in range(block.right, len(xs))
        if abs((xs[left] + xs[right]) / 2 - block.x) < OFF
    ]
    spans = sorted((s for s in spans if not _beside(block, s, blocks)), key=lambda s: s[1] - s[0])
    for left, right in reversed(spans):
        others = [b for b in blocks if b is not block and b.left < right and b.right > left]
        headed = all(_has_lower(column, block, others, top) for column in range(left, right))
        over = any(b.bottom <= block.top and (b.left < left or b.right > right) for b in others)
        if headed and not over:
            return left, right
    return spans[0] if spans else (block.left, block.right)


def _beside(block: Block, span: tuple[int, int], blocks: Sequence[Block]) -> bool:
    """Whether another text stands on the height of a block in the columns of a span."""
    return any(b is not block and b.left < span[1] and b.right > span[0] and b.top < block.bottom and b.bottom > block.top for b in blocks)


def _has_lower(column: int, block: Block, others: Sequence[Block], top: float) -> bool:
    """Whether a column has a text under a block, that is not in the middle of a cell reaching up to the header's top."""
    stack = sorted((b for b in others if b.left <= column < b.right and b.top >= block.bottom), key=lambda b: b.top)
    if not stack:
        return False
    return len(stack) == 1 or abs(stack[0].middle - (top + stack[1].top - OFF) / 2) > OFF + 1


def _body(blocks: Sequence[Block], xs: Sequence[float], top: float, bottom: float) -> tuple[list[float], list[Slot]]:
    """Rows: bands of blocks side by side. Blocks beside several others of one column are left to `_spanning`."""
    del xs
    single = _singles(blocks)
    bands: list[tuple[float, float]] = []
    for block in sorted(single, key=lambda b: b.top):
        if bands and block.top < bands[-1][1] - 0.25 * block.size:
            bands[-1] = (bands[-1][0], max(bands[-1][1], block.bottom))
        else:
            bands.append((block.top, block.bottom))
    edges = [top, *((a[1] + b[0]) / 2 for a, b in pairwise(bands)), bottom]
    slots = []
    for block in single:
        if block.right - block.left > 1:
            row = sum(1 for y in edges[1:-1] if y <= block.middle)
            slots.append(Slot(row, row + 1, block.left, block.right))
    return edges, slots


def _singles(blocks: Sequence[Block]) -> list[Block]:
    """Blocks of a single row. Those that span rows stand beside two blocks of different rows, as labels do or in one column."""
    kept = sorted(blocks, key=lambda b: (b.left, b.top - b.bottom))
    for block in list(kept):
        slack = TOUCH * block.size
        beside = [o for o in kept if not _share(o, block) and o.bottom > block.top + slack and o.top < block.bottom - slack]
        right = [o for o in beside if o.left >= block.right]
        if _parted(right) or any(_parted([o for o in beside if o.left <= column < o.right]) for column in {o.left for o in beside}):
            kept.remove(block)
    return kept


def _parted(blocks: Sequence[Block]) -> bool:
    """Whether two of the blocks have no height in common."""
    return bool(blocks) and max(b.top for b in blocks) > min(b.bottom - TOUCH * b.size for b in blocks)


def _spanning(blocks: Sequence[Block], ys: Sequence[float], slots: Sequence[Slot]) -> list[Slot]:
    """The slots, with those of labels that stand in the middle of several rows."""
    filled = [(_row(ys, b.top + 0.3 * b.size), _row(ys, b.bottom - 0.3 * b.size), b) for b in blocks]
    found: list[Slot] = []
    for low, high, block in filled:
        off = abs((ys[low] + ys[high + 1]) / 2 - block.middle)
        label = block.left == 0 and block.bottom - block.top > 1.5 * block.size
        if block.figure or (low == high and off <= OFF and not label):
            continue
        if any(s.left <= block.left < s.right and s.top <= low < s.bottom for s in slots):
            continue
        taken = {row for a, b, other in filled if other is not block and _share(other, block) for row in range(a, b + 1)}
        taken.update(row for s in (*slots, *found) if s.left < block.right and block.left < s.right for row in range(s.top, s.bottom))
        begin, end = _middle_of(block, (low, high), ys, taken)
        if begin < end:
            found.append(Slot(begin, end + 1, block.left, block.right))
    return [*found, *slots]


def _middle_of(block: Block, rows: tuple[int, int], ys: Sequence[float], taken: set[int]) -> tuple[int, int]:
    """The rows in whose middle a block stands, without those taken by other blocks of its columns.

    Labels of the first column leave no gaps, so it is the most such rows there; elsewhere those that it stands in best.
    """
    low, high = rows
    while low > 0 and low - 1 not in taken:
        low -= 1
    while high < len(ys) - 2 and high + 1 not in taken:
        high += 1
    spans = [(first, last) for first in range(low, rows[0] + 1) for last in range(rows[1], high + 1)]
    off = {s: abs((ys[s[0]] + ys[s[1] + 1]) / 2 - block.middle) for s in spans}
    centred = [s for s in spans if off[s] <= OFF]
    if not centred:
        return rows
    if block.left == 0:
        return max(centred, key=lambda s: s[1] - s[0])
    return min(centred, key=lambda s: (round(off[s]), s[0] - s[1]))


def _row(ys: Sequence[float], y: float) -> int:
    return min(max(sum(1 for edge in ys[1:-1] if edge <= y), 0), len(ys) - 2)


def _share(a: Block, b: Block) -> bool:
    return a.left < b.right and b.left < a.right


def _tiled(rows: int, columns: int, wanted: Sequence[Slot]) -> list[Slot]:
    """The wanted slots that do not overlap earlier ones, and single cells where none stands."""
    free = [[True] * columns for _ in range(rows)]
    slots = []
    singles = [Slot(r, r + 1, c, c + 1) for r in range(rows) for c in range(columns)]
    for slot in (*wanted, *singles):
        places = [(r, c) for r in range(slot.top, slot.bottom) for c in range(slot.left, slot.right)]
        if all(free[r][c] for r, c in places):
            slots.append(slot)
            for r, c in places:
                free[r][c] = False
    return sorted(slots, key=lambda s: (s.top, s.left))
