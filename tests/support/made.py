"""Documents made by hand, for tests of what is read from paragraphs and tables."""

from collections.abc import Sequence

from service import statements
from service.records import Cell, Document, Kind, Line, Page, Paragraph, Table


def paragraph(*lines: str, section: Sequence[str] = (), pages: Sequence[int] = (), heading: bool = False) -> Paragraph:
    """A paragraph of printed lines; `pages` gives each line's page (default: all on page 1)."""
    made = tuple(_line(text, pages[n] if pages else 1, n) for n, text in enumerate(lines))
    spots = tuple((n, i) for n, text in enumerate(lines) for i in range(len(text)))
    return Paragraph("".join(lines), made, spots, tuple(section), heading)


def table(
    title: str,
    columns: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    unit: str | None = "万元",
    number: str | None = None,
    page: int = 9,
) -> Table:
    """A table; every cell has a box of its own."""
    cells = tuple(
        tuple(Cell(text, page, (60.0 * c, 20.0 * r, 60.0 * c + 50, 20.0 * r + 12)) for c, text in enumerate(row))
        for r, row in enumerate(rows)
    )
    header = (tuple(columns),)
    return Table(title, number, unit, (page,), header, tuple(columns), cells, statement=statements.recognise(title, columns))


def document(paragraphs: Sequence[Paragraph] = (), tables: Sequence[Table] = (), *, kind: Kind = Kind.FINAL, year: int = 2023) -> Document:
    """A document whose pages print exactly these paragraphs and tables."""
    lines = [line for p in paragraphs for line in p.lines]
    lines += [_line(cell.text, cell.page, 0) for t in tables for row in t.rows for cell in row if cell.text]
    numbers = sorted({line.page for line in lines})
    pages = tuple(Page(n, 595, 842, tuple(line for line in lines if line.page == n)) for n in numbers)
    return Document("made", "", "云汀市青禾区医疗保障局", year, kind, "部门", "0" * 64, pages, tuple(paragraphs), tuple(tables))


def _line(text: str, page: int, n: int) -> Line:
    top = 100.0 + 20 * n
    return Line(page, text, (80.0, top, 80.0 + 10 * len(text), top + 12), tuple(80.0 + 10 * i for i in range(len(text) + 1)), 12.0)
