"""Lines and column edges, without ruled rows → a grid: the rows, and the cells that span rows or columns.

A cell's lines stand closer than rows do, and a cell that spans stands in the middle of what it spans.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from service.reading import grid, stacks
from service.reading.grid import Grid, Slot
from service.reading.stacks import Stack
from service.records import Line

TOUCH = 0.03
"""Lines that overlap by less, in type sizes, stand in different rows."""
OFF = 3.0
"""A text further (points) from the middle of its row spans other rows too."""


@dataclass(frozen=True, slots=True)
class Frame:
    """Where a table without upright rules stands on its page.

    `xs` are its column edges, ends included; `rules` are the heights of its rules, from top to bottom; from `top` to `bottom` it
    reaches beyond the rules where it goes on over a page's end. `head` is where its header ends; `top` when it has none here.
    """

    page: int
    xs: tuple[float, ...]
    rules: tuple[float, ...]
    top: float
    bottom: float
    head: float


def grid_of(frame: Frame, lines: Sequence[Line]) -> Grid:
    """The grid of a table with level rules only, or with none.

    Args:
        frame: where it stands.
        lines: the lines inside.
    """
    xs = frame.xs
    inner = [y for y in frame.rules if max(frame.top, frame.head) + 1 < y < frame.bottom - 1]
    headed = frame.head > frame.top + 1
    bounds = [frame.top, *([frame.head] if headed and frame.head < frame.bottom - 1 else []), *inner, frame.bottom]
    edge = frame.head if headed else float("-inf")
    over = [line for line in lines if line.box[3] - line.size / 2 <= edge]
    under = [line for line in lines if line.box[3] - line.size / 2 > edge]
    blocks = [*stacks.header(xs, over), *stacks.body(xs, under)]
    ys: list[float] = [frame.top]
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
    return grid.made(frame.page, xs, ys, _tiled(len(ys) - 1, len(xs) - 1, _spanning(blocks, ys, slots)))


def _header(blocks: Sequence[Stack], xs: Sequence[float], top: float, bottom: float) -> tuple[list[float], list[Slot]]:
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


def _span(block: Stack, xs: Sequence[float], blocks: Sequence[Stack], top: float) -> tuple[int, int]:
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


def _beside(block: Stack, span: tuple[int, int], blocks: Sequence[Stack]) -> bool:
    """Whether another text stands on the height of a block in the columns of a span."""
    return any(b is not block and b.left < span[1] and b.right > span[0] and b.top < block.bottom and b.bottom > block.top for b in blocks)


def _has_lower(column: int, block: Stack, others: Sequence[Stack], top: float) -> bool:
    """Whether a column has a text under a block, that is not in the middle of a cell reaching up to the header's top."""
    stack = sorted((b for b in others if b.left <= column < b.right and b.top >= block.bottom), key=lambda b: b.top)
    if not stack:
        return False
    return len(stack) == 1 or abs(stack[0].middle - (top + stack[1].top - OFF) / 2) > OFF + 1


def _body(blocks: Sequence[Stack], xs: Sequence[float], top: float, bottom: float) -> tuple[list[float], list[Slot]]:
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
            row = _row(edges, block.middle)
            slots.append(Slot(row, row + 1, block.left, block.right))
    return edges, slots


def _singles(blocks: Sequence[Stack]) -> list[Stack]:
    """Blocks of a single row. Those that span rows stand beside two blocks of different rows, as labels do or in one column."""
    kept = sorted(blocks, key=lambda b: (b.left, b.top - b.bottom))
    by_top = sorted(blocks, key=lambda b: b.top)
    tops = [b.top for b in by_top]
    tallest = max((b.bottom - b.top for b in blocks), default=0.0)
    gone: set[int] = set()
    for block in kept:
        slack = TOUCH * block.size
        low, high = block.top + slack, block.bottom - slack
        near = by_top[bisect_left(tops, low - tallest) : bisect_left(tops, high)]
        beside = [o for o in near if o.bottom > low and id(o) not in gone and not _share(o, block)]
        if len(beside) < 2:
            continue
        right = [o for o in beside if o.left >= block.right]
        if _parted(right) or any(_parted([o for o in beside if o.left <= column < o.right]) for column in {o.left for o in beside}):
            gone.add(id(block))
    return [block for block in kept if id(block) not in gone]


def _parted(blocks: Sequence[Stack]) -> bool:
    """Whether two of the blocks have no height in common."""
    return bool(blocks) and max(b.top for b in blocks) > min(b.bottom - TOUCH * b.size for b in blocks)


def _spanning(blocks: Sequence[Stack], ys: Sequence[float], slots: Sequence[Slot]) -> list[Slot]:
    """The slots, with those of labels that stand in the middle of several rows."""
    filled = [(_row(ys, b.top + 0.3 * b.size), _row(ys, b.bottom - 0.3 * b.size), b) for b in blocks]
    rows_of: dict[int, set[int]] = {}
    for low, high, block in filled:
        for column in range(block.left, block.right):
            rows_of.setdefault(column, set()).update(range(low, high + 1))
    found: list[Slot] = []
    for low, high, block in filled:
        off = abs((ys[low] + ys[high + 1]) / 2 - block.middle)
        label = block.left == 0 and block.bottom - block.top > 1.5 * block.size
        if block.figure or (low == high and off <= OFF and not label):
            continue
        if any(s.left <= block.left < s.right and s.top <= low < s.bottom for s in slots):
            continue
        if low == high and 0 < low < len(ys) - 2 and {low - 1, high + 1} <= rows_of[block.left]:
            continue
        taken = {row for a, b, other in filled if other is not block and _share(other, block) for row in range(a, b + 1)}
        taken.update(row for s in (*slots, *found) if s.left < block.right and block.left < s.right for row in range(s.top, s.bottom))
        begin, end = _middle_of(block, (low, high), ys, taken)
        if begin < end:
            found.append(Slot(begin, end + 1, block.left, block.right))
    return [*found, *slots]


def _middle_of(block: Stack, rows: tuple[int, int], ys: Sequence[float], taken: set[int]) -> tuple[int, int]:
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
    return bisect_right(ys, y, 1, len(ys) - 1) - 1


def _share(a: Stack, b: Stack) -> bool:
    return a.left < b.right and b.left < a.right


def _tiled(rows: int, columns: int, wanted: Sequence[Slot]) -> list[Slot]:
    """The wanted slots that do not overlap earlier ones, and single cells where none stands."""
    free = [[True] * columns for _ in range(rows)]
    slots = []
    for slot in wanted:
        places = [(r, c) for r in range(slot.top, slot.bottom) for c in range(slot.left, slot.right)]
        if all(r < rows and c < columns and free[r][c] for r, c in places):
            slots.append(slot)
            for r, c in places:
                free[r][c] = False
    slots.extend(Slot(r, r + 1, c, c + 1) for r in range(rows) for c in range(columns) if free[r][c])
    return sorted(slots, key=lambda s: (s.top, s.left))
