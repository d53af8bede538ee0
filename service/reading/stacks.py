"""The lines of a table and its column edges → stacks: the lines of one cell together.

In a header lines that stand close are one cell. In a body the lines of a column are parted where that fits best: a line as
long as its column allows goes on in the next, a cell stands in the middle of its row's figures, and rows stand apart.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from service.reading import columns
from service.reading.cells import is_figure
from service.records import Line
from service.text import normal

WRAP = 0.55
"""Lines of one cell stand closer than this, in type sizes."""
LOOSE = 1.2
"""They may stand so far apart, in type sizes, where the upper one is as long as lines of its column get."""
ROOM = 1.5
"""A line that leaves less room than this at its end, in type sizes, is full."""
SAME_LINE = 0.3
"""Texts whose centres are closer than this, in type sizes, stand on one line."""
SPACE = 0.4
"""White space between two cells is wider than this, in type sizes; between words it is less."""
CLOSER = 0.93
"""Lines of one cell stand closer than rows, by this factor at least."""
LEAST_STEP = 3.0
"""Figures whose centres are closer than this (points) stand in one row."""
EVEN = 0.15
"""The lines of a cell stand equally far apart, within so much, in type sizes."""
LONGEST = 16
"""Most lines of a cell."""
ALONE, ASIDE = 1.0, 0.5
"""Cost of a cell beside no figure, or for each of several rows that it would join, and of one not in the middle of its row."""
FULL, SHORT, FAR = -0.5, -0.1, 0.2
"""Cost of a line that goes on: from one that is full, from one that is not, and from one that stands far off."""

_OPENS = re.compile(
    r"[一二三四五六七八九十]+、|\([一二三四五六七八九十\d]{1,2}\)|\d{1,2}[.、](?!\d)|(?:目标|指标)\d"
    r"|(?:本年)?(?:收入|支出|收支)?[合总小]计$"
)
_TAIL = re.compile(r"[^\d\W]|\(\d+分\)")


@dataclass(frozen=True, slots=True)
class Stack:
    """The lines of one cell: columns `left` to `right` (exclusive), from `top` to `bottom`."""

    left: int
    right: int
    top: float
    bottom: float
    x: float
    """Horizontal centre of its text."""
    size: float
    width: float
    """Of its last line."""
    figure: bool
    opens: bool = False
    """Its text begins as an item of a list does."""
    tail: bool = False
    """Its text is no cell of its own under another: a single character, a weight in brackets."""
    anchored: bool = False
    """A figure of another column stands on the baseline of one of its lines."""

    @property
    def middle(self) -> float:
        """Vertical centre."""
        return (self.top + self.bottom) / 2


def opens(text: str) -> bool:
    """Whether a text (normal form) begins as an item of a list or a total does, and so a cell."""
    return _OPENS.match(text) is not None


def header(xs: Sequence[float], lines: Sequence[Line]) -> list[Stack]:
    """The stacks of a header's lines; `xs` are the column edges, ends included."""
    return _close([piece for line in lines for piece in pieces_of(xs, line)], parted=False)


def body(xs: Sequence[float], lines: Sequence[Line]) -> list[Stack]:
    """The stacks of a body's lines; `xs` are the column edges, ends included."""
    pieces = [piece for line in lines for piece in pieces_of(xs, line)]
    anchors = sorted((p.middle, p.left) for p in pieces if p.figure)
    pitch = _pitch(pieces)
    by_column: dict[int, list[Stack]] = {}
    for piece in pieces:
        anchored = _beside(anchors, piece.middle, piece.size, piece.left)
        by_column.setdefault(piece.left, []).append(replace(piece, anchored=True) if anchored else piece)
    found = [s for column in by_column.values() for s in _parted(sorted(column, key=lambda p: p.top), anchors, pitch)]
    return _close(found, parted=True) if any(s.right - s.left > 1 for s in found) else found


def pieces_of(xs: Sequence[float], line: Line) -> Iterator[Stack]:
    """The cells in which a line stands; text that runs on over an edge spans it."""
    inner = xs[1:-1]
    joints = columns.touching(line)
    start = 0
    for end in range(1, len(line.text) + 1):
        if end < len(line.text) and not ((end in joints or line.text[end].isspace()) and _cut(line, end, inner, joint=end in joints)):
            continue
        while start < end and line.text[start].isspace():
            start += 1
        last = end
        while last > start and line.text[last - 1].isspace():
            last -= 1
        if last > start:
            x0, x1 = line.xs[start], line.xs[last]
            left = bisect_right(inner, min(x0 + 0.5 * line.size, (x0 + x1) / 2))
            right = bisect_left(inner, max(x1 - 0.5 * line.size, (x0 + x1) / 2)) + 1
            text = normal(line.text[start:last])
            yield Stack(
                left,
                max(right, left + 1),
                line.box[1],
                line.box[3],
                (x0 + x1) / 2,
                line.size,
                x1 - x0,
                figure=is_figure(text),
                opens=opens(text),
                tail=_TAIL.fullmatch(text) is not None,
            )
        start = end


def _cut(line: Line, at: int, inner: Sequence[float], *, joint: bool) -> bool:
    """Whether a column edge parts the line in the white space that begins at character `at`, or there where two texts touch."""
    end = at
    while end < len(line.text) and line.text[end].isspace():
        end += 1
    wide = joint or line.xs[end] - line.xs[at] > SPACE * line.size or columns.after_amount(line.text, at)
    return wide and any(line.xs[at] - 0.6 * line.size <= x <= line.xs[end] + 0.6 * line.size for x in inner)


def _pitch(pieces: Sequence[Stack]) -> float:
    """The least distance between two figures one under the other: figures do not wrap, so rows stand that far apart."""
    by_column: dict[int, list[float]] = {}
    for piece in pieces:
        if piece.figure:
            by_column.setdefault(piece.left, []).append(piece.middle)
    steps = [b - a for ys in by_column.values() for a, b in pairwise(sorted(ys)) if b - a > LEAST_STEP]
    return min(steps, default=float("inf"))


def _beside(anchors: Sequence[tuple[float, int]], middle: float, size: float, column: int) -> bool:
    """Whether a figure of another column stands at a height."""
    high = middle + SAME_LINE * size
    for at in range(bisect_left(anchors, (middle - SAME_LINE * size, -1)), len(anchors)):
        if anchors[at][0] >= high:
            return False
        if anchors[at][1] != column:
            return True
    return False


def _rows(anchors: Sequence[tuple[float, int]]) -> list[float]:
    """The heights at which figures stand, those of one row once."""
    found: list[float] = []
    for y, _ in anchors:
        if not found or y - found[-1] > LEAST_STEP:
            found.append(y)
    return found


def _rows_in(heights: Sequence[float], top: float, bottom: float) -> int:
    return bisect_right(heights, bottom) - bisect_left(heights, top)


def _parted(column: Sequence[Stack], anchors: Sequence[tuple[float, int]], pitch: float) -> list[Stack]:
    """The lines of a column as the cells that cost least.

    Args:
        column: its lines from top to bottom.
        anchors: vertical centre and column of every figure, in order.
        pitch: how far rows stand apart.
    """
    longest, furthest = max(p.width for p in column), max(p.x + p.width / 2 for p in column)
    full = [p.width > longest - ROOM * p.size or p.x + p.width / 2 > furthest - ROOM * p.size for p in column]
    links = [_link(a, b, pitch, full=is_full) for (a, b), is_full in zip(pairwise(column), full, strict=False)]
    tails = [b.tail and link == FULL and a.width > 3 * a.size for (a, b), link in zip(pairwise(column), links, strict=True)]
    apart = [b.middle - a.middle > CLOSER * pitch for a, b in pairwise(column)]
    gaps = [(b.top - a.bottom) / min(a.size, b.size) for a, b in pairwise(column)]
    heights = _rows(anchors)
    best: list[tuple[float, int]] = [(0.0, 0)]
    for end in range(1, len(column) + 1):
        options = []
        going, anchored, far = 0.0, 0, False
        low = high = gaps[end - 2] if end > 1 else 0.0
        for start in range(end - 1, max(-1, end - 1 - LONGEST), -1):
            first = column[start]
            anchored += first.anchored and not (start and tails[start - 1])
            if start < end - 1:
                link = links[start]
                if link is None or anchored > 1:
                    break
                going += link
                far |= apart[start]
                low, high = min(low, gaps[start]), max(high, gaps[start])
            centred = _beside(anchors, (first.top + column[end - 1].bottom) / 2, first.size, first.left)
            if (far and (anchored or not centred)) or (high >= WRAP and start < end - 1 and not centred and not first.anchored):
                continue
            cost = 0.0 if centred else ASIDE if anchored else ALONE
            if high - low > EVEN:
                rows = _rows_in(heights, first.top + SAME_LINE * first.size, column[end - 1].bottom - SAME_LINE * first.size)
                cost = max(cost, ALONE * (rows if rows > 1 else 0))
            options.append((best[start][0] + cost + going, start))
        best.append(min(options))
    found: list[Stack] = []
    end = len(column)
    while end:
        start = best[end][1]
        found.append(_joined(column[start:end]))
        end = start
    return found[::-1]


def _link(upper: Stack, lower: Stack, pitch: float, *, full: bool) -> float | None:
    """What it costs that a line goes on in the next; None when it cannot. `full`: the upper line leaves no room at its end."""
    gap, size = lower.top - upper.bottom, min(upper.size, lower.size)
    if gap < -0.5 * size or (upper.figure and lower.figure) or lower.opens:
        return None
    if gap < WRAP * size:
        return FULL if full else SHORT
    return FAR if full and gap < LOOSE * size and pitch < float("inf") else None


def _close(pieces: Sequence[Stack], *, parted: bool) -> list[Stack]:
    """Lines that stand close under each other as one, also where they begin in different columns.

    `parted`: those of a single column are already as they should be.
    """
    found: list[Stack] = []
    wide: list[int] = []
    for piece in sorted(pieces, key=lambda b: (b.left, b.top)):
        spans = piece.right - piece.left > 1
        near = reversed(wide) if parted and not spans else range(len(found) - 1, -1, -1)
        at = next((i for i in near if _goes_on(found[i], piece)), None)
        if at is None:
            if spans:
                wide.append(len(found))
            found.append(piece)
        else:
            found[at] = _joined([found[at], piece])
            if spans and at not in wide:
                wide.append(at)
    return found


def _goes_on(stack: Stack, piece: Stack) -> bool:
    gap, size = piece.top - stack.bottom, min(stack.size, piece.size)
    if not (-0.5 * size < gap < WRAP * size) or (stack.figure and piece.figure) or piece.opens:
        return False
    return stack.left < piece.right and piece.left < stack.right and not (stack.anchored and piece.anchored)


def _joined(lines: Sequence[Stack]) -> Stack:
    if len(lines) == 1:
        return lines[0]
    widest = max(lines, key=lambda s: s.right - s.left)
    return replace(
        lines[0],
        left=min(s.left for s in lines),
        right=max(s.right for s in lines),
        bottom=max(s.bottom for s in lines),
        x=widest.x,
        width=lines[-1].width,
        figure=False,
        anchored=any(s.anchored for s in lines),
    )
