"""Tables without vertical rules → parts: columns told by the pieces of their rules, else by the gaps between their texts.

The steps are rules → bands (a table from its first rule to its last) → column edges → blocks (the lines of a cell) → rows → grid.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from service.reading import bands, captions, cells, columns, grid, header, rows, shelves
from service.reading.bands import Band
from service.reading.cells import is_figure
from service.reading.header import Part
from service.reading.pdf import Rule, Sheet
from service.reading.rows import Frame
from service.records import Box, Line
from service.text import normal

LEAST_SHARE = 0.35
"""Narrower rules, as a share of the page's width, are underlines."""
MARGIN = 0.12
"""Share of the page's height at top and bottom where running heads and feet stand."""

Mark = tuple[int, int, int]
"""Height and ends of a rule, in steps that forgive small differences between pages."""


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
    free_rules = (r for r in sheet.rules if r.horizontal and not any(b[1] - 3 <= (r.y0 + r.y1) / 2 <= b[3] + 3 for b in taken))
    free = [s for s in grid.strokes(free_rules) if s.end - s.start >= LEAST_SHARE * sheet.width]
    lines = [line for line in lines if not any(b[1] <= line.box[3] - line.size / 2 <= b[3] for b in taken)]
    found = list(bands.ruled(free, lines, going)) if free else []
    found.extend(_bare(lines, found, going))
    parts: list[Part] = []
    open_edges: tuple[float, ...] = ()
    for band in sorted(found, key=lambda b: b.top):
        inside = [line for line in lines if band.top <= _middle(line) <= band.bottom and _beside(line, band)]
        head = _head(band, inside)
        edges = _edges(sheet, band, inside, going, head)
        if len(edges) < 3 or len(inside) < 4:
            continue
        made = shelves.grid_of(sheet, band, inside) if band.rules and not (band.open or band.continues) else None
        if made is None:
            made = rows.grid_of(Frame(sheet.number, tuple(edges), band.rules, band.top, band.bottom, head), inside)
        part = header.part(made, cells.fill(made, inside))
        if part is not None and len(made.ys) > 2:
            parts.append(part)
            open_edges = tuple(edges) if band.open else ()
    return Found(tuple(parts), open_edges)


def _bare(lines: Sequence[Line], ruled: Sequence[Band], going: Sequence[float]) -> Iterator[Band]:
    """Tables without any rules, where a line names a unit or a table goes on from the page before."""
    going = () if any(band.top < band.rules[0] for band in ruled) else going
    if not going and not any("单" in line.text and "元" in line.text for line in lines):
        return
    outside = [line for line in lines if not any(band.top <= _middle(line) <= band.bottom for band in ruled)]
    yield from bands.bare(captions.printed(outside), going)


def without(sheet: Sheet, marks: set[Mark]) -> Sheet:
    """The page without decoration."""
    return replace(sheet, rules=tuple(r for r in sheet.rules if not (r.horizontal and _mark(r) in marks))) if marks else sheet


def _mark(rule: Rule) -> Mark:
    return (round(rule.y0 / 2), round(rule.x0 / 4), round(rule.x1 / 4))


def _middle(line: Line) -> float:
    return (line.box[1] + line.box[3]) / 2


def _beside(line: Line, band: Band) -> bool:
    return line.box[2] > band.left - bands.SAME_ENDS and line.box[0] < band.right + bands.SAME_ENDS


def _head(band: Band, lines: Sequence[Line]) -> float:
    """Where the header of a band ends: at its second rule, or at a later one when no row of figures stands above that."""
    if band.continues or band.top < band.rules[0] - 1 or not (len(band.rules) > 2 or band.open):
        return band.top
    for upper, lower in pairwise((*band.rules[1:], band.bottom)):
        under = [normal(line.text) for line in lines if upper < _middle(line) < lower]
        if any(is_figure(text) or header.is_item(text) for text in under) and captions.LANES not in under:
            return upper
    return band.rules[1]


def _edges(sheet: Sheet, band: Band, lines: Sequence[Line], going: Sequence[float], head: float) -> list[float]:
    """The column edges: where the rules are cut into pieces, else the gaps between the texts."""
    cuts: list[float] = []
    for rule in sheet.rules:
        if rule.horizontal and any(abs((rule.y0 + rule.y1) / 2 - y) <= bands.DOUBLE for y in band.rules):
            cuts.extend(x for x in (rule.x0, rule.x1) if band.left + bands.SAME_ENDS < x < band.right - bands.SAME_ENDS)
    inner = grid.snapped(cuts, grid.LEAST_COLUMN)
    if not inner and going and (band.continues or band.top < band.rules[0]):
        return list(going)
    if not inner:
        inner = columns.edges([line for line in lines if _middle(line) <= head], [line for line in lines if _middle(line) > head])
    return [band.left, *inner, band.right]
