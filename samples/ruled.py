"""A ruled table: cells with spans, placed on a grid and measured, before anything is drawn.

All lengths are PDF points.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import product

CENTRE, LEFT, RIGHT = "centre", "left", "right"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell; `rows` and `columns` count the grid cells that it covers. `align` None: the column's own."""

    text: str = ""
    rows: int = 1
    columns: int = 1
    align: str | None = None
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A table to be drawn: `head` and `body` are rows of cells; a cell covered by a span is left out of its row.

    `widths` and `aligns` have one entry a column; `repeat`: the head is drawn again on every further page.
    """

    widths: tuple[float, ...]
    aligns: tuple[str, ...]
    head: tuple[tuple[Cell, ...], ...]
    body: tuple[tuple[Cell, ...], ...]
    size: float = 9.0
    repeat: bool = True
    least: float = 17.0
    """Least height of a row."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A cell with its place: row and column count from 0, ends exclusive."""

    cell: Cell
    row: int
    column: int
    lines: tuple[str, ...]

    @property
    def end_row(self) -> int:
        """The first row below it."""
        return self.row + self.cell.rows

    @property
    def end_column(self) -> int:
        """The first column right of it."""
        return self.column + self.cell.columns


@dataclass(frozen=True, slots=True)
class Block:
    """Rows that are laid out: cells with places, the height of every row."""

    cells: tuple[Placed, ...]
    heights: tuple[float, ...] = field(default=())

    def may_break(self, row: int) -> bool:
        """Whether no cell reaches over the border above `row`."""
        return all(not p.row < row < p.end_row for p in self.cells)


Wrap = Callable[[str, float, float], list[str]]
"""Text, size and width → lines."""

PADDING = 3.0
LEADING = 1.28


def lay(rows: tuple[tuple[Cell, ...], ...], grid: Grid, wrap: Wrap) -> Block:
    """Place and measure rows of cells on the grid's columns."""
    placed = _place(rows, grid, wrap)
    heights = [grid.least] * len(rows)
    for p in sorted(placed, key=lambda p: p.cell.rows):
        need = len(p.lines) * grid.size * LEADING + 2 * PADDING
        short = need - sum(heights[p.row : p.end_row])
        if short > 0:
            heights[p.end_row - 1] += short
    return Block(tuple(placed), tuple(heights))


def _place(rows: tuple[tuple[Cell, ...], ...], grid: Grid, wrap: Wrap) -> list[Placed]:
    """Cells in reading order, each in the first free place of its row."""
    taken: set[tuple[int, int]] = set()
    placed: list[Placed] = []
    for r, row in enumerate(rows):
        c = 0
        for cell in row:
            while (r, c) in taken:
                c += 1
            width = sum(grid.widths[c : c + cell.columns]) - 2 * PADDING
            placed.append(Placed(cell, r, c, tuple(wrap(cell.text, grid.size, width))))
            taken |= set(product(range(r, r + cell.rows), range(c, c + cell.columns)))
            c += cell.columns
    expected = set(product(range(len(rows)), range(len(grid.widths))))
    if taken != expected:
        message = f"cells do not fill the grid: missing {sorted(expected - taken)[:5]}, too many {sorted(taken - expected)[:5]}"
        raise ValueError(message)
    return placed
