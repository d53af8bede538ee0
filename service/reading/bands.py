"""Rules and lines of a page → bands: where tables without upright rules stand.

A band lies between level rules that begin and end together, or, where none are drawn, under a line that names a unit of money.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from service import amounts
from service.reading import captions
from service.reading.captions import Printed
from service.reading.grid import Stroke
from service.records import Line
from service.text import normal

SAME_ENDS = 5.0
"""Rules of one table begin and end within so much (points)."""
DOUBLE = 4.0
"""Rules closer than this (points) are one double rule."""
FAR = 3.5
"""Rows of one table stand closer than this, in type sizes."""
CLOSE = 0.5
"""Lines of one cell stand closer than this, in type sizes."""
BESIDE = 0.1
"""Lines that overlap by more, in type sizes, are of one row."""
WIDE = 0.75
"""A text alone on its line that takes so much of a table's width is prose."""
MOSTLY = 0.25
"""At least this share of a table's printed lines holds several texts: in wrapped rows only one line of each does."""
LEAST_ROWS, LEAST_FIGURES = 3, 2
"""Fewer rows of several texts, or of amounts, are no table."""


@dataclass(frozen=True, slots=True)
class Band:
    """A table between its first and last rule.

    `rules` are their heights, and where they would be in a table without any; `open`: it goes on to the page's end.
    """

    left: float
    right: float
    rules: tuple[float, ...]
    top: float
    bottom: float
    open: bool = False
    continues: bool = False
    """It goes on from the page before."""


def ruled(level: Sequence[Stroke], lines: Sequence[Line], going: Sequence[float]) -> Iterator[Band]:
    """Runs of rules with the same ends and nothing but a table between them, from top to bottom.

    Args:
        level: the level rules that belong to no ruled table.
        lines: the lines of the page outside such tables.
        going: column edges of the table that runs to the end of the page before, if there is one.
    """
    groups: list[list[Stroke]] = []
    for stroke in sorted(level, key=lambda s: s.at):
        for group in groups:
            if abs(group[0].start - stroke.start) <= SAME_ENDS and abs(group[0].end - stroke.end) <= SAME_ENDS:
                group.append(stroke)
                break
        else:
            groups.append([stroke])
    bands = [band for group in groups for band in _runs(group, lines, going)]
    # Rules that stop short of a table's ends, at cells that go on over rows, are no table of their own.
    yield from sorted((b for b in bands if not any(_holds(other, b) for other in bands)), key=lambda b: b.top)


def _holds(band: Band, other: Band) -> bool:
    """Whether a narrower band stands within a wider one."""
    narrower = other.right - other.left < band.right - band.left - SAME_ENDS
    across = band.left - SAME_ENDS <= other.left and other.right <= band.right + SAME_ENDS
    return narrower and across and band.top - DOUBLE <= other.top and other.bottom <= band.bottom + DOUBLE


def _runs(group: Sequence[Stroke], lines: Sequence[Line], going: Sequence[float]) -> Iterator[Band]:
    left, right = group[0].start, group[0].end
    heights = [s.at for i, s in enumerate(group) if not i or s.at - group[i - 1].at > DOUBLE]
    printed = captions.printed(line for line in lines if line.box[2] > left and line.box[0] < right)
    start = 0
    for end in range(1, len(heights) + 1):
        if end < len(heights) and _is_table([r for r in printed if heights[end - 1] < _centre(r) < heights[end]]):
            continue
        run = tuple(heights[start:end])
        first = start == 0
        start = end
        top, bottom, opened = run[0], run[-1], False
        if end == len(heights):
            under = _table_rows([r for r in printed if _centre(r) > run[-1]], run[-1], left, right)
            if under and len(run) == 2:
                bottom, opened = under[-1].box[3] + 1, True
        if first and going and abs(going[0] - left) <= SAME_ENDS and abs(going[-1] - right) <= SAME_ENDS:
            over = [r for r in printed if _centre(r) < run[0] and not captions.is_page_number(normal(r.text))]
            if over and _is_table(over):
                top = over[0].box[1] - 1
        if bottom - top > DOUBLE:
            yield Band(left, right, run, top, bottom, opened)


def _centre(row: Printed) -> float:
    return (row.box[1] + row.box[3]) / 2


def _is_table(printed: Sequence[Printed]) -> bool:
    """Whether what stands between two rules belongs to a table: something does, and no caption or heading is among it."""
    size = min((row.size for row in printed), default=0.0)
    return bool(printed) and not any(row.parts == 1 and captions.opens_table(row, size) for row in printed)


def _table_rows(printed: Sequence[Printed], bottom: float, left: float, right: float) -> list[Printed]:
    """The lines under a table's header that go on to the page's end in columns; none when they are prose or a note."""
    found = [r for r in printed if not captions.is_page_number(normal(r.text))]
    if not found or not _is_table(found) or found[0].box[1] - bottom > 3 * found[0].size or captions.is_note(normal(found[0].text)):
        return []
    spread = [r.parts for r in found if r.parts >= 2 and left - SAME_ENDS <= r.box[0] and r.box[2] <= right + SAME_ENDS]
    return found if sum(spread) >= 0.5 * sum(r.parts for r in found) else []


def bare(rows: Sequence[Printed], going: Sequence[float]) -> Iterator[Band]:
    """The tables without any rules, from top to bottom.

    Args:
        rows: what is printed outside the other tables of the page, from top to bottom.
        going: column edges of such a table that runs to the end of the page before, if there is one.
    """
    rows = [row for row in rows if not captions.is_page_number(normal(row.text))]
    starts = [0] if going else []
    starts.extend(i + 1 for i, row in enumerate(rows) if captions.unit(normal(row.text)) is not None and captions.is_meta(normal(row.text)))
    end = 0
    for start in starts:
        if start < end:
            continue
        found = _run(rows[start:])
        end = start + len(found)
        goes_on = start == 0 and bool(going)
        if not _is_bare_table(found, least=1 if goes_on else LEAST_ROWS):
            continue
        top, bottom = found[0].box[1] - 1, found[-1].box[3] + 1
        left, right = min(r.box[0] for r in found) - 1, max(r.box[2] for r in found) + 1
        opened = end == len(rows)
        if goes_on:
            if left < going[0] - SAME_ENDS or right > going[-1] + SAME_ENDS:
                continue
            yield Band(going[0], going[-1], (), top, bottom, opened, continues=True)
            continue
        head = _header_rows(found)
        edge = (found[head - 1].box[3] + found[head].box[1]) / 2 if head else top
        yield Band(left, right, (top, edge, bottom) if head else (top, bottom), top, bottom, opened)


def _run(rows: Sequence[Printed]) -> list[Printed]:
    """The first rows that one table may be."""
    found: list[Printed] = []
    for row in rows:
        size = max(row.size, 1.0)
        if found and row.box[1] - found[-1].box[3] > FAR * size:
            break
        if captions.opens_table(row, size) or captions.is_note(normal(row.text)) or (row.parts == 1 and _is_prose(row, rows)):
            break
        found.append(row)
    while len(found) > 1 and found[-1].parts == 1 and not amounts.figures(found[-1].text) and _gap(found, -1) > CLOSE * found[-1].size:
        found.pop()
    return found


def _is_prose(row: Printed, rows: Sequence[Printed]) -> bool:
    width = max(r.box[2] for r in rows) - min(r.box[0] for r in rows)
    return row.box[2] - row.box[0] > WIDE * width or normal(row.text)[-1:] in "。;；"


def _is_bare_table(rows: Sequence[Printed], *, least: int) -> bool:
    several = [row for row in rows if row.parts > 1]
    figures = [row for row in several if any(amounts.cell(line.text) for line in row.lines)]
    return len(several) >= least and len(figures) >= min(least, LEAST_FIGURES) and len(several) >= MOSTLY * len(rows)


def _header_rows(rows: Sequence[Printed]) -> int:
    """How many of the rows are header: those before the first with an amount, but the row that numbers the columns is one.

    The first lines of texts that wrap in the first row of the body stand closer to it than to the header.
    """
    for index, row in enumerate(rows):
        texts = [normal(line.text) for line in row.lines]
        if captions.LANES not in texts and any(amounts.cell(text) for text in texts):
            end = index
            while end > 1 and _wraps_into(rows, end):
                end -= 1
            return end
    return 0


def _wraps_into(rows: Sequence[Printed], index: int) -> bool:
    """Whether what is printed above a row is the first lines of its texts: several only where they reach down beside it."""
    gap = _gap(rows, index)
    most = CLOSE * rows[index].size if rows[index - 1].parts == 1 else -BESIDE * rows[index].size
    return gap < min(_gap(rows, index - 1), most)


def _gap(rows: Sequence[Printed], index: int) -> float:
    """The white space above a row."""
    return rows[index].box[1] - rows[index - 1].box[3]
