"""Grids of one table whose every other row is shaded and nothing else drawn → one grid, the rows between them among its rows."""

from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from service.reading import captions, grid, shelves, stacks
from service.reading.grid import Grid, Slot
from service.reading.stacks import Stack
from service.records import Line
from service.text import normal

SAME = 3.0
"""Edges of one table's stripes differ by no more (points)."""
REACH = 1.7
"""A last row without shade ends so close under a stripe, in heights of its rows."""
LEAST_TEXTS = 2
"""A row between stripes prints so many texts at least."""


def joined(grids: Sequence[Grid], lines: Sequence[Line]) -> list[Grid]:
    """The grids of a page from top to bottom, stripes of one table made one; `lines` are the page's."""
    chains: list[list[Grid]] = []
    for each in grids:
        chain = next((chain for chain in reversed(chains) if _goes_on(chain[-1], each, lines)), None)
        if chain is None:
            chains.append([each])
        else:
            chain.append(each)
    return sorted((made for chain in chains for made in _one(chain, lines)), key=lambda g: g.box[1])


def _goes_on(above: Grid, below: Grid, lines: Sequence[Line]) -> bool:
    """Whether two grids have the same columns, or some of them, and a row between them or nothing."""
    fewer, more = sorted((above.xs, below.xs), key=len)
    if abs(above.xs[0] - below.xs[0]) > SAME or abs(above.xs[-1] - below.xs[-1]) > SAME:
        return False
    if any(min(abs(x - y) for y in more) > SAME for x in fewer):
        return False
    gap = below.ys[0] - above.ys[-1]
    return gap <= grid.LEAST_ROW or bool(_row(more, above.ys[-1], below.ys[0], lines))


def _row(xs: Sequence[float], top: float, bottom: float, lines: Sequence[Line]) -> list[Stack]:
    """The texts between two heights where they are one row; none where a caption, several rows or a single text stand there."""
    inside = _between(xs, top, bottom, lines)
    if any(map(_is_caption, inside)):
        return []
    pieces = [piece for line in inside for piece in stacks.pieces_of(xs, line)]
    one = len({piece.left for piece in pieces}) >= LEAST_TEXTS and not shelves.holds_rows(pieces)
    return pieces if one else []


def _last(xs: Sequence[float], top: float, height: float, lines: Sequence[Line]) -> list[Stack]:
    """The texts of a row under the last stripe, above a note or the next caption."""
    inside = _between(xs, top, top + REACH * height, lines)
    bottom = min((line.box[1] for line in inside if _is_caption(line)), default=top + REACH * height)
    return _row(xs, top, bottom, lines)


def _between(xs: Sequence[float], top: float, bottom: float, lines: Sequence[Line]) -> list[Line]:
    return [line for line in lines if top < (line.box[1] + line.box[3]) / 2 < bottom and line.box[2] > xs[0] and line.box[0] < xs[-1]]


def _is_caption(line: Line) -> bool:
    text = normal(line.text)
    return captions.is_label(text) or captions.is_note(text) or captions.is_title(text)


def _one(chain: Sequence[Grid], lines: Sequence[Line]) -> list[Grid]:
    """The grids of a chain as one, where most are single rows, as stripes are."""
    if len(chain) < LEAST_TEXTS or 2 * sum(len(each.ys) == LEAST_TEXTS for each in chain) < len(chain):
        return list(chain)
    xs = grid.snapped((x for each in chain for x in each.xs), grid.LEAST_COLUMN)
    ys: list[float] = []
    slots: list[Slot] = []
    for each in chain:
        if ys and each.ys[0] - ys[-1] > grid.LEAST_ROW:
            slots.extend(_cells(xs, ys, each.ys[0], lines))
        ys.extend(each.ys[1:] if ys else each.ys)
        start = len(ys) - len(each.ys)
        at = [min(range(len(xs)), key=lambda i: abs(xs[i] - x)) for x in each.xs]
        slots.extend(Slot(s.top + start, s.bottom + start, at[s.left], at[s.right]) for s in each.slots)
    height = median(b - a for a, b in pairwise(ys))
    last = _last(xs, ys[-1], height, lines)
    if last:
        slots.extend(_cells(xs, ys, max(piece.bottom for piece in last) + 1, lines))
    return [grid.made(chain[0].page, xs, ys, sorted(slots, key=lambda s: (s.top, s.left)))]


def _cells(xs: Sequence[float], ys: list[float], bottom: float, lines: Sequence[Line]) -> list[Slot]:
    """The cells of the row that goes on to `bottom`, which becomes an edge."""
    pieces = _row(xs, ys[-1], bottom, lines)
    ys.append(bottom)
    return list(shelves.cells_of(Slot(len(ys) - 2, len(ys) - 1, 0, len(xs) - 1), xs, pieces))
