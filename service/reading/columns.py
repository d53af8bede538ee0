"""The texts of a table without any column marks → the edges between its columns: white space that runs through all rows."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from service.records import Line
from service.text import normal

LEAST_GAP = 1.8
"""Least white space (points) between two columns."""
MOSTLY = 0.7
"""A header text that has so much of its width over one column heads that column."""

CROWDED = 0.06
"""Where texts run across columns, so many of the texts, as a share, may cross a gap between columns."""

_SPANNING = re.compile(r".*(?:合计|总计|小计|栏次)|[合总小]|计")

_TOUCHING = re.compile(
    r"(?<=\d\.\d\d)(?=[一-鿿(（])(?![万亿元个人分名])|(?<=[一-鿿)）])(?=\d[\d,]*\.\d\d(?:\s|$))"
    r"|(?<=\d\.\d\d)(?=-?\d[\d,]*\.\d\d(?!\d\D))"
)

_ENDS = re.compile(r"\.\d\d$")
_BEGINS = re.compile(r"\s+\d[\d,]*\.\d\d(?:\s|$)")

Span = tuple[float, float]


def edges(head: Sequence[Line], body: Sequence[Line]) -> list[float]:
    """Inner column edges, from left to right.

    Args:
        head: the lines of the header; its lowest texts show columns that the body leaves blank.
        body: the other lines.
    """
    spans = [span for line in body for text, span in _words(line) if not _SPANNING.fullmatch(normal(text))]
    columns = _merged(spans)
    if len(columns) < _usual(body):
        columns = _crowded(spans, CROWDED * len({round(line.box[3]) for line in body}))
    for span in _leaves(head):
        columns = _headed(columns, span)
    return [(left[1] + right[0]) / 2 for left, right in pairwise(columns)]


def after_amount(text: str, at: int) -> bool:
    """Whether the white space at index `at` of a text follows or leads up to an amount with its decimals, which ends a cell."""
    return bool(_ENDS.search(text, max(0, at - 3), at) or _BEGINS.match(text, at))


def touching(line: Line) -> list[int]:
    """Indices of the characters before which a figure touches the next cell's text or figure, or a text the figure."""
    return [m.start() for m in _TOUCHING.finditer(line.text)] if "." in line.text else []


def _words(line: Line) -> Iterator[tuple[str, Span]]:
    """The texts of a line between its white space, and those that touch with the white space that should be there."""
    joints = touching(line)
    start = 0
    for at in range(len(line.text) + 1):
        if at == len(line.text) or line.text[at].isspace() or at in joints:
            if at > start:
                low = LEAST_GAP / 2 if start in joints else 0.0
                high = LEAST_GAP / 2 if at in joints else 0.0
                yield line.text[start:at], (line.xs[start] + low, line.xs[at] - high)
            start = at if at in joints else at + 1


def _merged(spans: Iterable[Span]) -> list[Span]:
    """Spans that overlap or stand closer than columns do, made one."""
    found: list[Span] = []
    for low, high in sorted(spans):
        if found and low - found[-1][1] < LEAST_GAP:
            found[-1] = (found[-1][0], max(found[-1][1], high))
        else:
            found.append((low, high))
    return found


def _usual(body: Sequence[Line]) -> int:
    """How many texts stand on most lines that hold several."""
    counts = Counter(round(line.box[3]) for line in body for _ in _words(line))
    several = sorted(n for n in counts.values() if n > 1)
    return several[len(several) // 2] if several else 0


def _crowded(spans: Sequence[Span], allowed: float) -> list[Span]:
    """Columns between gaps that only a few spans cross."""
    starts, ends = sorted(a for a, _ in spans), sorted(b for _, b in spans)
    dense = []
    for low, high in pairwise(sorted({*starts, *ends})):
        middle = (low + high) / 2
        if bisect_right(starts, middle) - bisect_right(ends, middle) > allowed:
            dense.append((low, high))
    return _merged(dense)


def _leaves(head: Sequence[Line]) -> list[Span]:
    """Header texts with no text under them."""
    words = [(span, line.box[3], line.size) for line in head for _, span in _words(line)]
    words = [w for w in words if not _numbered(w, head)]
    return [
        span
        for span, base, size in words
        if not any(other[0] < span[1] - 1 and other[1] > span[0] + 1 and low > base + 0.3 * size for other, low, _ in words)
    ]


def _numbered(word: tuple[Span, float, float], head: Sequence[Line]) -> bool:
    """Whether a header word stands on the line that numbers the columns, which is often not centred under them."""
    return any("栏次" in normal(line.text) and abs(line.box[3] - word[1]) < 0.3 * word[2] for line in head)


def _headed(columns: list[Span], leaf: Span) -> list[Span]:
    """The columns with one more header text: it widens the column under it, or shows a blank one."""
    width = leaf[1] - leaf[0]
    over = [(min(c[1], leaf[1]) - max(c[0], leaf[0]), i) for i, c in enumerate(columns)]
    touching = [(share, i) for share, i in over if share > -LEAST_GAP / 2]
    if not touching:
        return sorted([*columns, leaf])
    share, index = max(touching)
    if len(touching) > 1 and share < MOSTLY * width:
        return columns
    low = max([leaf[0], *(c[1] + LEAST_GAP / 2 for c in columns[:index])])
    high = min([leaf[1], *(c[0] - LEAST_GAP / 2 for c in columns[index + 1 :])])
    columns = list(columns)
    columns[index] = (min(columns[index][0], low), max(columns[index][1], high))
    return columns
