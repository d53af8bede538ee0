"""A filled grid → part of a table: which rows are caption, which are header, and the paths of the columns."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from service import amounts
from service.reading import captions
from service.reading.captions import Caption
from service.reading.cells import Filled
from service.reading.grid import Grid
from service.records import Box, Cell
from service.text import normal

_ITEM = re.compile(r"[一二三四五六七八九十]+、|\d{1,2}[.、](?!\d)|\([一二三四五六七八九十]\)")
_CODE = re.compile(r"\d{3,7}")
_FORM = re.compile(r"一级指标|(?:年度)?(?:总体|绩效)(?:绩效)?(?:目标|指标)(?!.*表)")
_TOTAL = ("合计", "总计")


@dataclass(frozen=True, slots=True)
class Part:
    """A table as it stands on one page.

    `first` grid rows are caption; the next `head` rows are header; `form`: labels and values in changing columns, without a
    header. Rows are counted from 0 after the caption.
    """

    page: int
    box: Box
    xs: tuple[float, ...]
    matrix: tuple[tuple[Filled, ...], ...]
    """The slot that covers each place of the grid."""
    first: int
    head: int
    form: bool
    caption: Caption

    @property
    def rows(self) -> int:
        """How many rows it has, without the caption."""
        return len(self.matrix) - self.first

    def header_texts(self) -> list[str]:
        """The texts of the header (normal form), in order, each slot once."""
        found: list[Filled] = []
        for row in self.matrix[self.first : self.first + self.head]:
            found.extend(f for f in row if f.text and f not in found)
        return [normal(f.text) for f in found]

    def spread(self, row: int, at: Sequence[int], columns: int) -> tuple[str, ...]:
        """A row's texts, merged cells repeated; `at[i]` is the table's edge that edge i is."""
        texts = [""] * columns
        for column, filled in enumerate(self.matrix[self.first + row]):
            for i in range(at[column], at[column + 1]):
                texts[i] = filled.text
        return tuple(texts)

    def cells(self, row: int, at: Sequence[int], edges: Sequence[float]) -> tuple[Cell, ...]:
        """A row's cells, merged cells in their first place only; `at[i]` is the table's edge that edge i is.

        Rows below 0 are the caption's, -1 the last of them.
        """
        index = self.first + row
        band = _band(self.matrix[index], index)
        made = [Cell("", self.page, (edges[i], band[0], edges[i + 1], band[1])) for i in range(len(edges) - 1)]
        for column, filled in enumerate(self.matrix[index]):
            top = filled.slot.top if row < 0 else max(filled.slot.top, self.first)
            if filled.text and filled.slot.left == column and top == index:
                made[min(at[column], len(made) - 1)] = Cell(filled.text, self.page, filled.box)
        return tuple(made)


def part(grid: Grid, filled: Sequence[Filled]) -> Part | None:
    """The part that a filled grid is, or None when the grid is no table: nothing printed in it, or a single cell."""
    if sum(1 for f in filled if f.text) < 2:
        return None
    matrix = tuple(tuple(filled[i] for i in row) for row in grid.owner)
    first, caption = _caption(matrix)
    if first == len(matrix):
        return None
    body = matrix[first:]
    form = _is_form(body)
    head = 0 if form else _head(body, first)
    box = (grid.xs[0], grid.ys[first], grid.xs[-1], grid.ys[-1])
    return Part(grid.page, box, grid.xs, matrix, first, head, form, caption)


def is_item(text: str) -> bool:
    """Whether a text (normal form) begins as an item of a list or is a code: rows of a body do."""
    return bool(_ITEM.match(text) or _CODE.fullmatch(text))


def paths(rows: Sequence[Sequence[str]], columns: int) -> tuple[str, ...]:
    """The header path of every column: its texts from top to bottom joined by "/", without repeats and lane numbers."""
    named = [row for row in rows if not _numbers_lanes(row)]
    found = []
    for column in range(columns):
        path: list[str] = []
        for row in named:
            totals = bool(path) and row[0] == row[column] and normal(row[0]) in _TOTAL
            if row[column] and not totals and (not path or path[-1] != row[column]):
                path.append(row[column])
        found.append("/".join(path))
    return tuple(found)


def _band(row: Sequence[Filled], index: int) -> tuple[float, float]:
    """Upper and lower edge of what a row prints: that of its own slots."""
    own = [f.box for f in row if f.slot.top == index and f.slot.bottom == index + 1] or [f.box for f in row]
    return min(b[1] for b in own), max(b[3] for b in own)


def _own(row: Sequence[Filled], index: int) -> list[Filled]:
    """The slots that begin in a row, in order."""
    return [f for column, f in enumerate(row) if f.slot.top == index and f.slot.left == column]


def _caption(matrix: Sequence[Sequence[Filled]]) -> tuple[int, Caption]:
    """How many first rows are the caption, as spreadsheets print it inside the grid, and what they say."""
    title, number, unit = "", None, None
    for index, row in enumerate(matrix):
        own = [f for f in _own(row, index) if f.text]
        rows = [captions.Printed(f.text, f.box, 0.0) for f in own]
        texts = [normal(f.text) for f in own]
        if not own and index and not title:
            continue
        titled = (
            len(own) == 1 and captions.is_title(normal(captions.named(texts[0])[0])) and own[0].slot.right - own[0].slot.left > len(row) / 2
        )
        if not own or not (titled or (any(captions.is_meta(t) for t in texts) and not any(amounts.cell(t) for t in texts))):
            return (index if title or number or unit or index == 0 else 0), Caption(title, number, unit)
        said = captions.above(rows, own[0].box[3])
        title, number, unit = title or (captions.named(own[0].text)[0] if titled else ""), number or said.number, unit or said.unit
    return len(matrix), Caption(title, number, unit)


def _is_form(body: Sequence[Sequence[Filled]]) -> bool:
    """Whether it is a self-evaluation or goal form: its first row is labels and values, and indicators come further down."""
    texts = [{normal(f.text) for f in row if f.text} for row in body]
    return "一级指标" not in texts[0] and any(_FORM.match(t) for row in texts[1:] for t in row if len(t) < 20)


def _head(body: Sequence[Sequence[Filled]], first: int) -> int:
    """How many rows are header: the first, and those that divide a header cell, are covered by one, or number the lanes."""
    count = 0
    for index, row in enumerate(body, first):
        own = _own(row, index)
        if _is_data(own):
            break
        above = body[index - first - 1] if count else ()
        covered = any(f.slot.top < index for f in row)
        divides = any(a.slot != f.slot and _width(f) < _width(a) and f.text for a, f in zip(above, row, strict=False))
        if count and not (covered or divides or _numbers_lanes([f.text for f in own])):
            break
        count += 1
    return count


def _width(filled: Filled) -> int:
    return filled.slot.right - filled.slot.left


def _is_data(own: Sequence[Filled]) -> bool:
    """Whether a row is of the body: it prints an amount, a code or a listed item, or nothing but a total's name, or nothing."""
    texts = [normal(f.text) for f in own if f.text]
    if not texts:
        return bool(own)
    if _numbers_lanes(texts):
        return False
    if len(own) > 1 and len(texts) == 1 and texts[0] in _TOTAL:
        return True
    return any(is_item(t) or _is_amount(t) for t in texts)


def _is_amount(text: str) -> bool:
    figure = amounts.cell(text)
    return figure is not None and any(c.isdigit() for c in text)


def _numbers_lanes(texts: Sequence[str]) -> bool:
    """Whether a row numbers the columns: 「栏次 1 2 3」."""
    shown = [normal(t) for t in texts if t]
    if captions.LANES in shown:
        return True
    numbers = [int(t) for t in shown if t.isdigit()]
    return len(numbers) >= 3 and len(numbers) == len(shown) and numbers == list(range(1, len(numbers) + 1))
