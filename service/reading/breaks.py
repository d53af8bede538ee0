"""The last row of a page and the first of the next → whether a page's end cuts one row in two."""

from collections.abc import Sequence
from dataclasses import replace

from service import amounts
from service.reading import stacks
from service.reading.cells import Filled
from service.reading.header import Part
from service.records import Cell
from service.text import normal

MARGIN = 8.0
"""Most white space (points) that a cell keeps at its sides."""
_ENDS = "。；;！!？?"


def cuts(upper: Part, lower: Part, row: int) -> bool:
    """Whether the last row of a page goes on in a row of the next.

    A cell of it must be full to its end, and what follows must be no row of its own: no new item, no figure where one stands above.

    Args:
        upper: the part that ends the page; its columns are those of `lower`.
        lower: the part that begins the next.
        row: the row of `lower` that follows, counted from 0 after the caption.
    """
    if len(upper.xs) != len(lower.xs) or row >= lower.rows or not upper.rows:
        return False
    last = _own(upper, len(upper.matrix) - 1)
    following = _own(lower, lower.first + row)
    going = [(a, b) for a, b in zip(last, following, strict=True) if b is not None and b.text]
    texts = [(a, b) for a, b in going if a is not None and a.text]
    if not texts or any(_is_new(b.text) for _, b in going if b is not None):
        return False
    return all(_goes_on(upper, a, b) for a, b in texts if a is not None and b is not None)


def mended(upper: Sequence[Cell], lower: Sequence[Cell]) -> tuple[Cell, ...]:
    """The two halves of a row as one; a cell keeps the place where it begins."""
    return tuple(replace(a, text=a.text + b.text) if a.text else b for a, b in zip(upper, lower, strict=True))


def _own(part: Part, row: int) -> list[Filled | None]:
    """For every column the slot that begins in it and reaches the row."""
    return [filled if filled.slot.left == column else None for column, filled in enumerate(part.matrix[row])]


def _is_new(text: str) -> bool:
    form = normal(text)
    return stacks.opens(form) or (form.isdigit() and len(form) >= 3)


def _goes_on(upper: Part, above: Filled, below: Filled) -> bool:
    """Whether a cell that holds text is full to its end, so that its text may go on."""
    if amounts.cell(above.text) is not None or amounts.cell(below.text) is not None or normal(above.text)[-1] in _ENDS:
        return False
    piece = above.pieces[-1]
    left, right = upper.xs[above.slot.left], upper.xs[above.slot.right]
    return right - left - (piece.box[2] - piece.box[0]) < 2 * piece.size + MARGIN
