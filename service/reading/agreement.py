"""Tables and the pages that they stand on → the figures that two independent ways of reading tell differently.

The first way gives characters to cells by the grid, the second takes the page's figures as they are printed, without any
grid. Where both agree on a cell its digits are those of the page.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from service import amounts
from service.records import Box, Cell, Line, Page, Table, Unread
from service.text import normal

SLACK = 1.0
"""A figure may reach out of its cell's box by so much (points): boxes are rounded where they are kept."""
_PRINTED = re.compile(r"[-+\d.,]*\d[-+\d.,]*")
_GLUED = re.compile(r"\d\.\d{2}\d[\d,]*\.\d{2}(?!\d)")
"""Two figures with nothing between them: they are of two cells, and nothing tells for certain where one ends."""
_DIGIT = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Word:
    """A figure as a page prints it (normal form): its horizontal ends, and the vertical centre of its line."""

    text: str
    x0: float
    x1: float
    y: float


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A cell whose digits the two ways read differently, figures in one cell, or a figure that stands in a table and in no cell of it.

    `table` is an index into the tables compared; `row` and `column` count from 0 and are None for a figure in no cell.
    `text` is the cell's, `words` are the page's figures in its place, joined by a space.
    """

    table: int
    row: int | None
    column: int | None
    page: int
    text: str
    words: str
    box: Box

    @property
    def reason(self) -> str:
        """What is wrong, for people."""
        if self.row is None:
            return f"表内印有“{self.words}”，没有归入任何单元格"
        if _GLUED.search(normal(self.text)):
            return f"单元格“{self.text}”是连在一起的几个数字，分不开，未作为数字读取"
        return f"单元格读作“{self.text}”，页面上此处印的是“{self.words or '（没有数字）'}”"

    def unread(self) -> Unread:
        """As something that was not read for certain."""
        return Unread(self.page, "表格数字", self.reason)


def read(tables: Sequence[Table], pages: Sequence[Page]) -> list[Disagreement]:
    """Every disagreement of a document.

    Args:
        tables: its tables.
        pages: its pages; those that hold no table are not looked at.
    """
    needed = {cell.page for table in tables for row in table.rows for cell in row}
    words = {page.number: _words(page.lines) for page in pages if page.number in needed}
    return [found for index, table in enumerate(tables) for found in _disagreements(index, table, words)]


def numeric(table: Table) -> int:
    """How many cells of a table print a figure, and so are compared."""
    return sum(1 for row in table.rows for cell in row if _is_figure(cell))


def _is_figure(cell: Cell) -> bool:
    return bool(_DIGIT.search(cell.text)) and amounts.cell(cell.text) is not None


def _words(lines: Sequence[Line]) -> list[Word]:
    """The figures of a page, from top to bottom."""
    found: list[Word] = []
    for line in lines:
        if not _DIGIT.search(line.text):
            continue
        text = line.text if line.text.isascii() else _narrow(line.text)
        y = (line.box[1] + line.box[3]) / 2
        found.extend(Word(m[0], line.xs[m.start()], line.xs[m.end()], y) for m in _PRINTED.finditer(text))
    return sorted(found, key=lambda w: w.y)


def _narrow(text: str) -> str:
    """The text with each character in normal form where that is one character, so that places stay."""
    return "".join(form if len(form) == 1 else c for c, form in ((c, normal(c)) for c in text))


def _disagreements(index: int, table: Table, words: dict[int, list[Word]]) -> Iterator[Disagreement]:
    used: dict[int, set[int]] = {}
    regions: dict[int, Box] = {}
    for r, row in enumerate(table.rows):
        for c, cell in enumerate(row):
            page = words.get(cell.page)
            if page is None:
                continue
            regions[cell.page] = _grown(regions.get(cell.page), cell.box)
            if not _DIGIT.search(cell.text):
                continue
            inside = _inside(page, cell.box)
            used.setdefault(cell.page, set()).update(inside)
            doubtful = _is_figure(cell) and not _same(cell.text, [page[i] for i in inside])
            if doubtful or _GLUED.search(normal(cell.text)):
                yield Disagreement(index, r, c, cell.page, cell.text, " ".join(page[i].text for i in inside), cell.box)
    for number, region in regions.items():
        heads = [cell.box for _, row in table.heads for cell in row if cell.page == number and cell.text]
        for i in _inside(words[number], region):
            word = words[number][i]
            if i not in used.get(number, ()) and not any(_holds(box, word) for box in heads):
                box = (word.x0, word.y - SLACK, word.x1, word.y + SLACK)
                yield Disagreement(index, None, None, number, "", word.text, box)


def _grown(region: Box | None, box: Box) -> Box:
    if region is None:
        return box
    return (min(region[0], box[0]), min(region[1], box[1]), max(region[2], box[2]), max(region[3], box[3]))


def _inside(words: Sequence[Word], box: Box) -> list[int]:
    """Indices of the words that stand in a box."""
    found = []
    for i in range(bisect_left(words, box[1], key=lambda w: w.y), len(words)):
        if words[i].y > box[3]:
            break
        if _holds(box, words[i]):
            found.append(i)
    return found


def _holds(box: Box, word: Word) -> bool:
    """Whether a word stands in a box: its centre does, or the box stands in the word, as half of two figures that touch."""
    if not box[1] <= word.y <= box[3]:
        return False
    middle = (word.x0 + word.x1) / 2
    return box[0] - SLACK <= middle <= box[2] + SLACK or (word.x0 - SLACK <= box[0] and box[2] <= word.x1 + SLACK)


def _same(text: str, words: Sequence[Word]) -> bool:
    """Whether a cell prints exactly these figures; a figure wrapped in its cell is several words."""
    digits = "".join(_PRINTED.findall(normal(text)))
    return digits == "".join(w.text for w in words)
