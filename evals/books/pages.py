"""A book's text and tables → a document as if read from pages, so that facts and checks see what they see of a PDF."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from string import Template

from service import statements
from service.records import Box, Cell, Document, Kind, Line, Page, Paragraph, Table

_WIDTH, _LEADING = 6.0, 20.0


@dataclass(frozen=True, slots=True)
class Sentence:
    """A paragraph: its wording with blanks, and what stands in them."""

    section: str
    wording: str
    values: Mapping[str, str] = field(default_factory=dict)
    subject: str = ""
    """The item it is about, its code."""

    @property
    def text(self) -> str:
        """As printed."""
        return Template(self.wording).substitute(self.values)

    def having(self, **values: str) -> "Sentence":
        """The same with other values."""
        return replace(self, values={**self.values, **values})


@dataclass(frozen=True, slots=True)
class Grid:
    """A table as text: header paths and rows."""

    title: str
    number: str
    unit: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str | None = None

    def having(self, row: int, column: int, text: str) -> "Grid":
        """The same with another text in one cell."""
        changed = (*self.rows[row][:column], text, *self.rows[row][column + 1 :])
        return replace(self, rows=(*self.rows[:row], changed, *self.rows[row + 1 :]))


@dataclass(frozen=True, slots=True)
class Pages:
    """What a book prints."""

    sentences: tuple[Sentence, ...]
    grids: tuple[Grid, ...]

    def document(self, year: int = 2023) -> Document:
        """The document: ten paragraphs a page, then a page a table."""
        paragraphs, lines = [], []
        for n, sentence in enumerate(self.sentences):
            page, row = 1 + n // 10, n % 10
            made = _line(page, sentence.text, row)
            lines.append(made)
            spots = tuple((0, i) for i in range(len(sentence.text)))
            part = f"第三部分 {year}年度部门决算情况说明"
            paragraphs.append(Paragraph(sentence.text, (made,), spots, (part, sentence.section)))
        first = 2 + (len(self.sentences) - 1) // 10
        tables = [_table(grid, first + n) for n, grid in enumerate(self.grids)]
        for table in tables:
            lines += [_within(cell) for row in table.rows for cell in row if cell.text]
        count = first + len(tables) - 1
        pages = tuple(Page(n, 595, 842, tuple(line for line in lines if line.page == n)) for n in range(1, count + 1))
        title, org = f"云汀市青禾区医疗保障局{year}年度部门决算", "云汀市青禾区医疗保障局"
        return Document("book", title, org, year, Kind.FINAL, "部门", "0" * 64, pages, tuple(paragraphs), tuple(tables))


def _line(page: int, text: str, row: int) -> Line:
    top = _LEADING * (row + 1)
    xs = tuple(50.0 + _WIDTH * i for i in range(len(text) + 1))
    return Line(page, text, (50.0, top, xs[-1], top + 12), xs)


def _within(cell: Cell) -> Line:
    """The cell's text as a line of the page, its characters evenly over the cell."""
    x0, _, x1, _ = cell.box
    step = (x1 - x0) / len(cell.text)
    return Line(cell.page, cell.text, cell.box, tuple(x0 + step * i for i in range(len(cell.text) + 1)))


def _table(grid: Grid, page: int) -> Table:
    def box(r: int, c: int) -> Box:
        return (50.0 + 80 * c, 100.0 + 20 * r, 120.0 + 80 * c, 115.0 + 20 * r)

    cells = tuple(tuple(Cell(text, page, box(r, c)) for c, text in enumerate(row)) for r, row in enumerate(grid.rows))
    header = _levels(grid.columns)
    return Table(
        grid.title,
        grid.number,
        grid.unit,
        (page,),
        header,
        grid.columns,
        cells,
        ("第二部分 部门决算表",),
        grid.note,
        statements.recognise(grid.title, grid.columns),
    )


def _levels(columns: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    """Header rows of header paths: a path that is shorter than others repeats its last name, as merged cells do."""
    paths = [column.split("/") for column in columns]
    depth = max(map(len, paths))
    return tuple(tuple(path[min(level, len(path) - 1)] for path in paths) for level in range(depth))
