"""Tables without vertical rules → parts: columns told by the pieces of their rules, else by the gaps between their texts.

The steps are rules → bands (a table from its first rule to its last) → column edges → blocks (the lines of a cell) → rows → grid.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from service.reading import captions, cells, columns, grid, header, rows
from service.reading.captions import Printed
from service.reading.grid import Stroke
from service.reading.header import Part
from service.reading.pdf import Rule, Sheet
from service.records import Box, Line
from service.text import normal

LEAST_SHARE = 0.35
"""Narrower rules, as a share of the page's width, are underlines."""
SAME_ENDS = 5.0
"""Rules of one table begin and end within so much (points)."""
DOUBLE = 4.0
"""Rules closer than this (points) are one double rule."""


MARGIN = 0.12
"""Share of the page's height at top and bottom where running heads and feet stand."""

Mark = tuple[int, int, int]
"""Height and ends of a rule, in steps that forgive small differences between pages."""


@dataclass(frozen=True, slots=True)
class Band:
    """A table between its first and last rule: `rules` are their heights; `open`: it goes on to the page's end."""

    left: float
    right: float
    rules: tuple[float, ...]
    top: float
    bottom: float
    open: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """The parts of a page; `edges` are the columns of the last one when it goes on to the page's end."""

    parts: tuple[Part, ...]
    edges: tuple[float, ...] = ()


def decoration(sheets: Sequence[Sheet]) -> set[Mark]:
    """Level rules that stand in one place in the margin of most pages: under running heads and above feet."""
    seen: Counter[Mark] = Counter()
    for sheet in sheets:
        seen.update({_mark(rule) for rule in sheet.rules if rule.horizontal and not MARGIN < rule.y0 / sheet.height < 1 - MARGIN})
    return {mark for mark, count in seen.items() if count >= max(3, 0.5 * len(sheets))}


def find(sheet: Sheet, lines: Sequence[Line], taken: Sequence[Box], going: Sequence[float] = ()) -> Found:
    """The tables of a page that have level rules only.

    Args:
        sheet: the page, without `decoration`.
        lines: its lines without running heads and feet.
        taken: boxes of the ruled tables.
        going: column edges of the table that runs to the end of the page before, if there is one.
    """
    level = [s for s in grid.strokes(sheet.rules) if s.horizontal and s.end - s.start >= LEAST_SHARE * sheet.width]
    free = [s for s in level if not any(b[1] - 3 <= s.at <= b[3] + 3 for b in taken)]
    if not free:
        return Found(())
    lines = [line for line in lines if not any(b[1] <= line.box[3] - line.size / 2 <= b[3] for b in taken)]
    parts: list[Part] = []
    open_edges: tuple[float, ...] = ()
    for band in _bands(free, lines, going):
        inside = [line for line in lines if band.top <= _middle(line) <= band.bottom and _beside(line, band)]
        edges = _edges(sheet, band, inside, going)
        if len(edges) < 3 or len(inside) < 4:
            continue
        made = rows.grid_of(sheet.number, edges, band.rules, (band.top, band.bottom), inside)
        part = header.part(made, cells.fill(made, inside))
        if part is not None and len(made.ys) > 2:
            parts.append(part)
            open_edges = tuple(edges) if band.open else ()
    return Found(tuple(parts), open_edges)


def without(sheet: Sheet, marks: set[Mark]) -> Sheet:
    """The page without decoration."""
    return replace(sheet, rules=tuple(r for r in sheet.rules if not (r.horizontal and _mark(r) in marks))) if marks else sheet


def _mark(rule: Rule) -> Mark:
    return (round(rule.y0 / 2), round(rule.x0 / 4), round(rule.x1 / 4))


def _middle(line: Line) -> float:
    return (line.box[1] + line.box[3]) / 2


def _beside(line: Line, band: Band) -> bool:
    return line.box[2] > band.left - SAME_ENDS and line.box[0] < band.right + SAME_ENDS


def _bands(level: Sequence[Stroke], lines: Sequence[Line], going: Sequence[float]) -> Iterator[Band]:
    """Runs of rules with the same ends and nothing but a table between them, from top to bottom."""
    groups: list[list[Stroke]] = []
    for stroke in sorted(level, key=lambda s: s.at):
        for group in groups:
            if abs(group[0].start - stroke.start) <= SAME_ENDS and abs(group[0].end - stroke.end) <= SAME_ENDS:
                group.append(stroke)
                break
        else:
            groups.append([stroke])
    bands = [band for group in groups for band in _runs(group, lines, going)]
    yield from sorted(bands, key=lambda b: b.top)


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


def _edges(sheet: Sheet, band: Band, lines: Sequence[Line], going: Sequence[float]) -> list[float]:
    """The column edges: where the rules are cut into pieces, else the gaps between the texts."""
    cuts: list[float] = []
    for rule in sheet.rules:
        if rule.horizontal and any(abs((rule.y0 + rule.y1) / 2 - y) <= DOUBLE for y in band.rules):
            cuts.extend(x for x in (rule.x0, rule.x1) if band.left + SAME_ENDS < x < band.right - SAME_ENDS)
    inner = grid.snapped(cuts, grid.LEAST_COLUMN)
    if not inner and going and band.top < band.rules[0]:
        return list(going)
    if not inner:
        head = band.rules[1] if len(band.rules) > 2 or band.open else band.top
        inner = columns.edges([line for line in lines if _middle(line) <= head], [line for line in lines if _middle(line) > head])
    return [band.left, *inner, band.right]
