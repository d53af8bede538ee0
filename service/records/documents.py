"""A document as read: its pages, lines, paragraphs and tables.

Pages count from 1. Boxes are (x0, y0, x1, y1) in PDF points of the page as shown (rotation applied), origin top left.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

Box = tuple[float, float, float, float]


OCR = "ocr"
"""Kind of a page whose text was recognised in its picture; also the diagnosis of findings that rest on such text."""


class Kind(StrEnum):
    """Kind of disclosure: final account (决算), budget (预算) or another document."""

    FINAL = "final"
    BUDGET = "budget"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is printed: the page it begins on, the text exactly as printed (layout white space removed), boxes."""

    page: int
    quote: str
    boxes: tuple[Box, ...]
    """One box per printed line (or table cell) of the quote, on `page`."""
    ocr: bool = False
    """The page was recognised from its picture: the quote may differ from what is printed."""


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line of a page.

    `xs` has len(text) + 1 entries: the left edge of every character and the right edge of the last.
    """

    page: int
    text: str
    box: Box
    xs: tuple[float, ...]
    size: float = 0.0

    def part(self, start: int, end: int) -> Box:
        """The box of characters start (inclusive) to end (exclusive)."""
        return (self.xs[start], self.box[1], self.xs[end], self.box[3])


@dataclass(frozen=True, slots=True)
class Page:
    """A page as read. `kind` is text, scan (image without text layer, unread), ocr (text recognised in the image), or blank."""

    number: int
    width: float
    height: float
    lines: tuple[Line, ...]
    kind: str = "text"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Prose joined over line and page breaks; layout white space removed.

    `spots[i]` is (index into `lines`, index into that line's text) of character i of `text`, so that any part of the
    paragraph can be placed on its page.
    """

    text: str
    lines: tuple[Line, ...]
    spots: tuple[tuple[int, int], ...]
    section: tuple[str, ...] = ()
    """Headings above it, outermost first; a heading's own path ends with itself."""
    heading: bool = False

    @property
    def page(self) -> int:
        """The page it begins on."""
        return self.lines[0].page

    def place(self, start: int, end: int) -> Place:
        """Where characters start (inclusive) to end (exclusive) are printed; boxes of the first page only."""
        runs = list(self._runs(start, end))
        page = self.lines[runs[0][0]].page
        boxes = tuple(self.lines[n].part(a, b) for n, a, b in runs if self.lines[n].page == page)
        return Place(page, self.text[start:end], boxes)

    def page_at(self, offset: int) -> int:
        """The page on which character `offset` is printed."""
        return self.lines[self.spots[offset][0]].page

    def _runs(self, start: int, end: int) -> Iterator[tuple[int, int, int]]:
        """(line index, first character, end character) per line touched."""
        run: tuple[int, int, int] | None = None
        for n, at in self.spots[start:end]:
            if run is not None and run[0] == n:
                run = (n, run[1], at + 1)
            else:
                if run is not None:
                    yield run
                run = (n, at, at + 1)
        if run is not None:
            yield run


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell: its text (wrapped lines joined, outer white space removed) and where it stands. Empty text is a blank cell."""

    text: str
    page: int
    box: Box


@dataclass(frozen=True, slots=True)
class Table:
    """One table, joined over its pages.

    `header` rows repeat the text of merged cells; every row of `header` and of `rows` has `len(columns)` cells.
    `columns[i]` is the header path of column i joined by "/", without repeats.
    """

    title: str
    number: str | None
    unit: str | None
    pages: tuple[int, ...]
    header: tuple[tuple[str, ...], ...]
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    section: tuple[str, ...] = ()
    note: str | None = None
    """The remark under the table, for example that it is empty and why."""
    statement: str | None = None
    """Name in `service.statements` when it is a recognised statutory table."""
    heads: tuple[tuple[int, tuple[Cell, ...]], ...] = ()
    """Header (and caption) rows as printed on every page, merged cells once: (index in `rows` before which it stands, cells)."""

    def quote(self, row: int) -> str:
        """The row as one line: its non-empty cells in order."""
        return " | ".join(c.text for c in self.rows[row] if c.text)

    def place(self, row: int, *columns: int) -> Place:
        """Where the row is printed; boxes of the named columns, or of all non-empty cells."""
        cells = self.rows[row]
        chosen = [cells[c] for c in columns] if columns else [c for c in cells if c.text]
        return Place(chosen[0].page, self.quote(row), tuple(c.box for c in chosen if c.page == chosen[0].page))


@dataclass(frozen=True, slots=True)
class Unread:
    """Something that could not be read, and why (`reason` in Chinese, for people)."""

    page: int | None
    what: str
    reason: str


@dataclass(frozen=True, slots=True)
class Document:
    """A disclosure as read."""

    doc: str
    title: str
    org: str
    year: int | None
    kind: Kind
    level: str
    """部门, 单位, 汇总 or empty."""
    digest: str
    """SHA-256 of the file's bytes, hexadecimal."""
    pages: tuple[Page, ...]
    paragraphs: tuple[Paragraph, ...]
    tables: tuple[Table, ...]
    unread: tuple[Unread, ...] = ()

    @property
    def recognised(self) -> frozenset[int]:
        """Pages (from 1) whose text was recognised in their picture."""
        return frozenset(page.number for page in self.pages if page.kind == OCR)


@dataclass(frozen=True, slots=True)
class DocumentInfo:
    """A document of the library, as listed."""

    doc: str
    title: str
    org: str
    year: int | None
    kind: Kind
    level: str
    pages: int
    digest: str
    passages: int = 0
    tables: int = 0
    findings: int = 0
