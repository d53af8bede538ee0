"""A grid and the lines of its page → the text of every cell."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from service.reading.grid import Grid, Slot
from service.records import Box, Line

_NUMBER = re.compile(r"[-+]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d{1,4})?[%％]?")
_FIGURES = re.compile(r"[-+\d.,%％]+")
_CENTS = re.compile(r"\.\d\d$")
"""A figure with two decimals is whole."""
_WORD = re.compile(r"[A-Za-z0-9]")


@dataclass(frozen=True, slots=True)
class Piece:
    """Part of a printed line, that stands in one cell."""

    text: str
    box: Box
    size: float

    @property
    def middle(self) -> float:
        """Its vertical centre."""
        return (self.box[1] + self.box[3]) / 2


@dataclass(frozen=True, slots=True)
class Filled:
    """A slot with what is printed in it. `box` is that of the text, or the slot's edges when it is blank."""

    slot: Slot
    text: str
    box: Box
    pieces: tuple[Piece, ...] = ()


def fill(grid: Grid, lines: Sequence[Line]) -> list[Filled]:
    """The grid's slots in order, each with the text printed in it."""
    found: list[list[Piece]] = [[] for _ in grid.slots]
    x0, y0, x1, y1 = grid.box
    for line in lines:
        y = (line.box[1] + line.box[3]) / 2
        if y0 <= y <= y1 and line.box[2] > x0 and line.box[0] < x1:
            for index, piece in _pieces(grid, line, grid.owner[grid.row(y)]):
                found[index].append(piece)
    return [_filled(grid, slot, pieces) for slot, pieces in zip(grid.slots, found, strict=True)]


def joined(pieces: Sequence[Piece]) -> str:
    """The text of a cell's pieces in reading order: wrapped lines joined as Chinese is, with no white space between."""
    text = ""
    last: Piece | None = None
    for piece in _in_order(pieces):
        text += (" " if last and _parted(text, last, piece) else "") + piece.text
        last = piece
    return text


def is_figure(text: str) -> bool:
    """Whether a text (normal form) is one figure or code."""
    return bool(_NUMBER.fullmatch(text))


def around(boxes: Sequence[Box]) -> Box:
    """The box around boxes."""
    return (min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes))


def _filled(grid: Grid, slot: Slot, pieces: Sequence[Piece]) -> Filled:
    if not pieces:
        return Filled(slot, "", grid.slot_box(slot))
    if len(pieces) == 1:
        return Filled(slot, pieces[0].text, pieces[0].box, (pieces[0],))
    return Filled(slot, joined(pieces), around([p.box for p in pieces]), tuple(_in_order(pieces)))


def _pieces(grid: Grid, line: Line, owners: Sequence[int]) -> Iterator[tuple[int, Piece]]:
    """The parts of a line by the slot in which they stand."""
    first, last = owners[grid.column((line.xs[0] + line.xs[1]) / 2)], owners[grid.column((line.xs[-2] + line.xs[-1]) / 2)]
    if first == last and line.xs[-2] <= line.xs[-1] and not (line.text[0].isspace() or line.text[-1].isspace()):
        yield first, Piece(line.text, line.box, line.size)
        return
    at = [owners[grid.column((line.xs[i] + line.xs[i + 1]) / 2)] for i in range(len(line.text))]
    if len(set(at)) > 1:
        _keep_figures_whole(line, at)
    start = 0
    for end in range(1, len(at) + 1):
        if end < len(at) and at[end] == at[start]:
            continue
        first, last = start, end
        while first < last and line.text[first].isspace():
            first += 1
        while last > first and line.text[last - 1].isspace():
            last -= 1
        if first < last:
            yield at[start], Piece(line.text[first:last], line.part(first, last), line.size)
        start = end


def _keep_figures_whole(line: Line, at: list[int]) -> None:
    """A figure that is wider than its cell is not cut at the border; two figures that touch there are."""
    for match in _FIGURES.finditer(line.text):
        inside = at[match.start() : match.end()]
        if len(set(inside)) > 1 and _NUMBER.fullmatch(match[0]):
            at[match.start() : match.end()] = [max(inside, key=inside.count)] * len(inside)


def _in_order(pieces: Sequence[Piece]) -> list[Piece]:
    """Pieces from top to bottom, those on one baseline from left to right."""
    rows: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda p: p.middle):
        if rows and piece.middle - rows[-1][0].middle < 0.45 * max(piece.size, rows[-1][0].size):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return [piece for row in rows for piece in sorted(row, key=lambda p: p.box[0])]


def _parted(text: str, last: Piece, piece: Piece) -> bool:
    """Whether white space parts a cell's text so far, which `last` ends, from the next piece, as it parts words and figures."""
    if not (_WORD.match(text[-1]) and text[-1].isascii() and _WORD.match(piece.text[0])):
        return False
    if not (_FIGURES.fullmatch(text) and _FIGURES.fullmatch(piece.text) and _NUMBER.fullmatch(text + piece.text)):
        return True
    return not _wraps(last, piece)


def _wraps(last: Piece, piece: Piece) -> bool:
    """Whether a figure is broken over two lines: the first takes all the room that there is, and so is no shorter."""
    if abs(piece.middle - last.middle) < 0.45 * last.size:
        return piece.box[0] - last.box[2] < 0.3 * last.size
    return last.box[2] - last.box[0] >= piece.box[2] - piece.box[0] - 0.1 * last.size and not _CENTS.search(last.text)
